-- The codes, and how many a day has had. The messages are in the tables of the outbox. No code is in any table: it is made of the
-- secret and the id. No number is readable: number and address are keyed hashes here, and a sealed text in the outbox.
-- Run at each start, by any number of processes at a time.
SELECT pg_advisory_xact_lock(7303015);

DO $otp$ BEGIN
    IF to_regclass('code_watched') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE IF NOT EXISTS code (
        id uuid PRIMARY KEY,
        account text NOT NULL,
        number text NOT NULL,
        address text NOT NULL,
        purpose text NOT NULL,
        language text NOT NULL,
        created_at timestamptz NOT NULL,
        -- From then on another may be asked for.
        next_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        tries_left int NOT NULL,
        verified_at timestamptz,
        -- When a newer one took its place.
        replaced_at timestamptz,
        -- When it was handed to the second channel.
        sms_at timestamptz,
        -- When to look next whether it needs the second channel; empty where it no longer can.
        watch_at timestamptz
    );

    CREATE INDEX IF NOT EXISTS code_number ON code (account, number, created_at);
    CREATE INDEX IF NOT EXISTS code_address ON code (account, address, created_at);
    CREATE INDEX IF NOT EXISTS code_created ON code (account, created_at);

    -- What an account's secret is known by: an instance with another one would find no code right, and share no limit.
    CREATE TABLE IF NOT EXISTS secret (
        account text PRIMARY KEY,
        mark text NOT NULL
    );

    CREATE TABLE IF NOT EXISTS budget (
        account text NOT NULL,
        day date NOT NULL,
        codes int NOT NULL,
        -- What a person let out beyond what the settings allow.
        more int NOT NULL DEFAULT 0,
        minute timestamptz NOT NULL,
        minute_codes int NOT NULL,
        PRIMARY KEY (account, day)
    );

    CREATE INDEX IF NOT EXISTS code_watched ON code (account, watch_at) WHERE watch_at IS NOT NULL;
END $otp$;

-- Lets a code out, or says why not: all limits are looked at here, so that instances share them.
-- Requests for one number wait for each other, and those from one address, for as long as this takes; always in this order, and
-- the day's budget last. Who asks too often is told so before that, so that a flood holds up nobody.
CREATE OR REPLACE FUNCTION ask_code(
    new_id uuid, asking_account text, sms_account text, asked_number text, asking_address text, asked_purpose text, asked_language text,
    sealed_number text, template text,
    validity interval, tries int, resend_after interval, time_zone text,
    per_number int, per_address int, per_minute int, per_day int, second_channel_after interval,
    OUT code uuid, OUT refusal text, OUT wait_seconds int)
LANGUAGE plpgsql AS $ask$
DECLARE
    last code%ROWTYPE;
    at timestamptz;
    today date := (clock_timestamp() AT TIME ZONE time_zone)::date;
    this_minute timestamptz := date_trunc('minute', clock_timestamp());
    is_doubtful boolean;
BEGIN
    FOR look IN 1..2 LOOP
        SELECT * INTO last FROM code c
        WHERE c.account = asking_account AND c.number = asked_number ORDER BY c.created_at DESC LIMIT 1;
        -- Read after the code, so that it is never before the code was made.
        at := clock_timestamp();
        IF last.next_at > at THEN
            IF last.purpose = asked_purpose THEN
                code := last.id;
            ELSE
                refusal := 'too-soon';
                wait_seconds := ceil(extract(epoch FROM last.next_at - at));
            END IF;
            RETURN;
        END IF;

        SELECT ceil(extract(epoch FROM min(created_at) + interval '24 h' - at)) INTO wait_seconds FROM (
            SELECT c.created_at FROM code c
            WHERE c.account = asking_account AND c.number = asked_number AND c.created_at > at - interval '24 h'
            ORDER BY c.created_at DESC LIMIT per_number) AS newest
        HAVING count(*) >= per_number;
        IF FOUND THEN
            refusal := 'number-limit';
            RETURN;
        END IF;

        SELECT ceil(extract(epoch FROM min(created_at) + interval '1 h' - at)) INTO wait_seconds FROM (
            SELECT c.created_at FROM code c
            WHERE c.account = asking_account AND c.address = asking_address AND c.created_at > at - interval '1 h'
            ORDER BY c.created_at DESC LIMIT per_address) AS newest
        HAVING count(*) >= per_address;
        IF FOUND THEN
            refusal := 'address-limit';
            RETURN;
        END IF;

        SELECT CASE WHEN b.codes >= per_day + b.more THEN 'budget'
            WHEN b.minute = this_minute AND b.minute_codes >= per_minute THEN 'busy' END
        INTO refusal FROM budget b WHERE b.account = asking_account AND b.day = today;
        IF refusal IS NOT NULL THEN
            EXIT;
        END IF;

        IF look = 1 THEN
            PERFORM pg_advisory_xact_lock(7303016, hashtext(asking_address));
            PERFORM pg_advisory_xact_lock(7303017, hashtext(asked_number));
        END IF;
    END LOOP;

    IF refusal IS NULL THEN
        INSERT INTO budget AS b (account, day, codes, minute, minute_codes)
        VALUES (asking_account, today, 1, this_minute, 1)
        ON CONFLICT (account, day) DO UPDATE
        SET codes = b.codes + 1,
            minute = greatest(b.minute, excluded.minute),
            minute_codes = CASE WHEN b.minute < excluded.minute THEN 1 ELSE b.minute_codes + 1 END
        WHERE b.codes < per_day + b.more AND (b.minute < excluded.minute OR b.minute_codes < per_minute);
        IF NOT FOUND THEN
            SELECT CASE WHEN b.codes >= per_day + b.more THEN 'budget' ELSE 'busy' END
            INTO refusal FROM budget b WHERE b.account = asking_account AND b.day = today;
        END IF;
    END IF;
    IF refusal IS NOT NULL THEN
        IF refusal = 'busy' THEN
            wait_seconds := ceil(extract(epoch FROM this_minute + interval '1 min' - at));
        END IF;
        RETURN;
    END IF;

    -- Who asks again because nothing may have come gets the new code by the second channel.
    is_doubtful := false;
    IF last.id IS NOT NULL AND last.verified_at IS NULL AND last.expires_at > at THEN
        UPDATE code c SET replaced_at = at, watch_at = NULL WHERE c.id = last.id;
        -- What is under way can't be taken back, but is not tried again.
        UPDATE message m
        SET expires_at = at, state = CASE m.state WHEN 'QUEUED' THEN 'EXPIRED' ELSE m.state END,
            ended_at = CASE m.state WHEN 'QUEUED' THEN at ELSE m.ended_at END,
            reason = CASE m.state WHEN 'QUEUED' THEN 'A newer code took its place.' ELSE m.reason END
        WHERE m.account IN (asking_account, sms_account) AND m.campaign = 'code' AND m.key = last.id::text
            AND m.state IN ('QUEUED', 'SENDING');
        is_doubtful := NOT EXISTS (
            SELECT FROM message m
            WHERE m.account = asking_account AND m.campaign = 'code' AND m.key = last.id::text AND m.is_sent);
    END IF;

    INSERT INTO code (id, account, number, address, purpose, language, created_at, next_at, expires_at, tries_left, sms_at, watch_at)
    VALUES (new_id, asking_account, asked_number, asking_address, asked_purpose, asked_language,
        at, at + resend_after, at + validity, tries,
        CASE WHEN is_doubtful THEN at END, CASE WHEN NOT is_doubtful THEN at + least(interval '2 s', second_channel_after) END);
    INSERT INTO message (account, campaign, key, lane, phone, message_type, body, state, expires_at)
    SELECT CASE WHEN is_doubtful THEN sms_account ELSE asking_account END, 'code', new_id,
        CASE WHEN is_doubtful THEN 'sms' ELSE 'code' END,
        sealed_number, 'otp', template, 'QUEUED', at + validity;
    code := new_id;
END $ask$;
