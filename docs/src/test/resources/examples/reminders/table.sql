CREATE TABLE reminders (
    id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    phone      text NOT NULL,
    text       text NOT NULL,
    due        timestamptz NOT NULL DEFAULT now(),
    state      text NOT NULL DEFAULT 'QUEUED',
    begun      timestamptz,
    message_id text,
    reason     text
);
CREATE INDEX ON reminders (due) WHERE state = 'QUEUED';
