-- The table is outbox, queue and ledger at once: a row for each message, and what became of it.
-- Run at each start, by any number of processes at a time.
SELECT pg_advisory_xact_lock(7303014);

-- Where all is there, nothing is locked: an index that exists already would be waited for behind a file that is being taken,
-- and all workers behind it.
DO $outbox$ BEGIN
    IF to_regclass('message_undecided') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE IF NOT EXISTS campaign (
        account text NOT NULL,
        name text NOT NULL,
        -- Goes into the keys of rows without an id of their own.
        salt bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()),
        -- How often its file was read, and when last.
        reading int NOT NULL DEFAULT 0,
        read_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account, name)
    );

    CREATE TABLE IF NOT EXISTS message (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- Whose key sends it: a process sends the rows of one account.
        account text NOT NULL,
        campaign text NOT NULL,
        -- What its source knows it by: a row that comes again is the same row.
        key text NOT NULL,
        lane text NOT NULL,

        -- Forgotten some time after the row has ended.
        phone text,
        message_type text,
        body text,
        filename text,
        caption text,
        who text,

        -- Where it stands in its file, and in which reading of it.
        line int,
        reading int,

        state text NOT NULL CHECK (state IN
            ('QUEUED', 'SENDING', 'SENT', 'REFUSED', 'UNKNOWN', 'PARKED', 'DEAD', 'EXPIRED', 'WRONG', 'REPEATED')),
        created_at timestamptz NOT NULL DEFAULT now(),
        not_before timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        tries int NOT NULL DEFAULT 0,

        -- Who took it last. What a worker has to say about a row counts only for the claim that it had.
        worker text,
        claim bigint,
        claimed_at timestamptz,
        ended_at timestamptz,

        -- Why it is as it is.
        exception text,
        field text,
        reason text,

        -- What SendTalk says of it.
        message_id text,
        status text,
        is_sent boolean,
        is_pending boolean,
        price numeric,
        currency text,
        sent_at timestamptz,
        status_at timestamptz,
        -- When to ask for its status next; empty where nothing is to be asked any more.
        follow_at timestamptz,

        UNIQUE (account, campaign, key)
    ) WITH (
        -- Rows change a few times: room in their page for it, and a vacuum that keeps up.
        fillfactor = 70,
        autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_cost_delay = 0,
        autovacuum_analyze_scale_factor = 0.05
    );

    -- Each index holds only the rows that its question is about, so that a row that has ended costs nothing.
    CREATE INDEX IF NOT EXISTS message_queued ON message (account, lane, not_before, id) WHERE state = 'QUEUED';
    CREATE INDEX IF NOT EXISTS message_expiring ON message (expires_at) WHERE state = 'QUEUED' AND expires_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS message_sending ON message (worker, lane) WHERE state = 'SENDING';
    CREATE INDEX IF NOT EXISTS message_followed ON message (account, follow_at) WHERE follow_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS message_attention ON message (account, campaign)
        WHERE state IN ('UNKNOWN', 'PARKED', 'DEAD', 'REFUSED', 'EXPIRED', 'WRONG', 'REPEATED');
    CREATE INDEX IF NOT EXISTS message_undecided ON message (account, lane, state) WHERE state IN ('UNKNOWN', 'PARKED');

    -- A closed gate pauses a lane of an account, or all of them ('*').
    CREATE TABLE IF NOT EXISTS gate (
        account text NOT NULL,
        lane text NOT NULL,
        until timestamptz NOT NULL,
        times int NOT NULL DEFAULT 1,
        exception text NOT NULL,
        reason text NOT NULL,
        PRIMARY KEY (account, lane)
    );

    CREATE TABLE IF NOT EXISTS worker (
        name text PRIMARY KEY,
        account text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now()
    );

    -- What came too late to count, kept for the person who decided meanwhile.
    CREATE TABLE IF NOT EXISTS event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        message bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        worker text NOT NULL,
        claim bigint NOT NULL,
        state text NOT NULL,
        message_id text,
        reason text
    );
END $outbox$;
