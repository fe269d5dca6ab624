CREATE TABLE customer_notice (
    id             bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    customer_name  text,
    customer_phone text NOT NULL,
    kind           text NOT NULL DEFAULT 'text',
    notice         text NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    read_at        timestamptz,
    refusal        text
);
CREATE INDEX ON customer_notice (id) WHERE read_at IS NULL
