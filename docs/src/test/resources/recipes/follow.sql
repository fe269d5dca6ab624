CREATE TABLE sent (id text PRIMARY KEY, sent_at timestamptz NOT NULL DEFAULT now(), status text)
