-- What a campaign has beside the outbox. Run at each start, after its schema, by any number of processes at a time.
SELECT pg_advisory_xact_lock(7303014);

-- A file while it is read: nothing of it is sent before all of it was seen.
CREATE UNLOGGED TABLE IF NOT EXISTS reading (
    account text NOT NULL,
    campaign text NOT NULL,
    line int NOT NULL,
    who text,
    id text,
    phone text,
    message_type text,
    body text,
    filename text,
    caption text,
    exception text,
    field text,
    problem text
);
CREATE INDEX IF NOT EXISTS reading_campaign ON reading (account, campaign);

-- Each row as a person reads it: what became of it, why, and what to do.
CREATE OR REPLACE VIEW report AS
SELECT
    account, campaign, line, key, who,
    coalesce(lower(btrim(message_type)), CASE WHEN state <> 'WRONG' OR phone IS NOT NULL THEN 'text' ELSE '' END) AS what,
    outcome, earlier, message_id AS id, status, price, currency, exception,
    CASE WHEN state <> 'REPEATED' THEN reason END AS why,
    CASE outcome
        WHEN 'accepted' THEN CASE
            WHEN exception = 'SendTalkMessageNotFoundException' THEN ask
            ELSE 'It is not sent again. Start again later to ask for its status.' END
        WHEN 'not delivered' THEN 'Check the number with ' || person || '. To send it again: -Dcampaign.again=' || ref
        WHEN 'refused' THEN 'Check the number with ' || person
            || ' and correct the row. To send it again as it is: -Dcampaign.again=' || ref
        WHEN 'unknown' THEN ask
        WHEN 'parked' THEN 'Make sure that ' || worker || ' no longer runs. ' || ask
        WHEN 'not sent' THEN CASE exception
            WHEN 'SendTalkInsufficientBalanceException' THEN 'Top up the SendTalk account and start again.'
            WHEN 'SendTalkAuthenticationException' THEN 'Check the key in SENDTALK_API_KEY and start again.'
            ELSE 'Start again later.' END
        WHEN 'expired' THEN 'It was not sent in time. To send it now: -Dcampaign.again=' || ref
        WHEN 'wrong' THEN 'Correct the ' || coalesce('column ' || field, 'row') || ' and start again.'
        WHEN 'repeated' THEN 'Nothing: ' || reason || ' has the same message to the same number, and is sent once.'
        WHEN 'not begun' THEN 'Start again.'
        ELSE '' END AS todo,
    state, ended_at, status_at, follow_at,
    CASE WHEN earlier AND state NOT IN ('WRONG', 'REPEATED') THEN outcome || ' (earlier)' ELSE outcome END AS outcome_and_run
FROM message JOIN (
    SELECT account, name AS campaign, reading AS last_reading, read_at FROM campaign
) AS c USING (account, campaign),
LATERAL (SELECT
    coalesce(nullif(who, ''), 'the recipient') AS person,
    coalesce(line::text, key) AS ref,
    coalesce(ended_at, created_at) < read_at AND state NOT IN ('QUEUED', 'SENDING') AS earlier,
    CASE state
        WHEN 'SENT' THEN CASE
            WHEN is_sent THEN 'sent'
            WHEN NOT is_sent AND NOT is_pending THEN 'not delivered'
            ELSE 'accepted' END
        WHEN 'QUEUED' THEN CASE WHEN exception IS NULL THEN 'not begun' ELSE 'not sent' END
        WHEN 'DEAD' THEN 'not sent'
        WHEN 'SENDING' THEN 'on its way'
        ELSE lower(state) END AS outcome
) AS told,
LATERAL (SELECT
    'Ask ' || person || ' whether it arrived. If so: -Dcampaign.arrived=' || ref || ', if not: -Dcampaign.again=' || ref AS ask
) AS asked
-- Of a file only what stands in it now.
WHERE reading IS NOT DISTINCT FROM last_reading OR line IS NULL;

-- Spreadsheets take for a formula what begins like one, also in full width, or after blanks and quotes; and what follows a
-- separator, if they know another one than the file has.
CREATE OR REPLACE FUNCTION formula_safe(cell text) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT regexp_replace(cell, '(^|[,;|\t\r\n])(?=[\s"'']*[=+@\uFF1D\uFF0B\uFF20\uFF0D-])|^(?=[\t\r\n])', '\1''', 'g') $$;

-- Rows are named by their line, or by their key where they came from no file. Nobody may send again what a living worker
-- may still send, and nobody decides about a row whose outcome is known.
CREATE OR REPLACE FUNCTION decide(for_account text, for_campaign text, again text[], arrived text[], silence interval)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE refused record;
BEGIN
    CREATE TEMPORARY TABLE IF NOT EXISTS decision (id bigint, again boolean);
    DELETE FROM decision;
    FOR refused IN
        SELECT d.ref, d.again, m.id, m.worker,
            m.state = 'PARKED' AND w.seen_at > now() - silence AS lives,
            m.state IN ('UNKNOWN', 'PARKED') OR m.exception = 'SendTalkMessageNotFoundException'
                OR (d.again AND (m.state IN ('REFUSED', 'EXPIRED', 'DEAD') OR (NOT m.is_sent AND NOT m.is_pending))) AS undecided
        FROM (SELECT unnest(again) AS ref, true AS again UNION ALL SELECT unnest(arrived), false) AS d
            LEFT JOIN campaign c ON c.account = for_account AND c.name = for_campaign
            LEFT JOIN message m ON m.account = for_account AND m.campaign = for_campaign
                AND (m.reading = c.reading OR m.line IS NULL) AND coalesce(m.line::text, m.key) = d.ref
            LEFT JOIN worker w ON w.name = m.worker
    LOOP
        IF refused.undecided IS NOT TRUE THEN
            RETURN format('-Dcampaign.%s names line %s, and the report of an earlier run does not say so of that line',
                CASE WHEN refused.again THEN 'again' ELSE 'arrived' END, refused.ref);
        ELSIF refused.again AND refused.lives THEN
            RETURN format('-Dcampaign.again names line %s, and its worker %s lives: end it first, for it may still send it',
                refused.ref, refused.worker);
        END IF;
        INSERT INTO decision VALUES (refused.id, refused.again);
    END LOOP;

    UPDATE message m SET state = 'SENT', is_sent = true, is_pending = false, worker = NULL, claim = NULL, follow_at = NULL,
        exception = NULL, reason = 'A person found that it arrived.'
    FROM decision d WHERE d.id = m.id AND NOT d.again;
    UPDATE message m SET state = 'QUEUED', not_before = now(), expires_at = NULL, tries = 0, worker = NULL, claim = NULL,
        ended_at = NULL, message_id = NULL, status = NULL, is_sent = NULL, is_pending = NULL, price = NULL, currency = NULL,
        sent_at = NULL, status_at = NULL, follow_at = NULL, exception = NULL, field = NULL, reason = NULL
    FROM decision d WHERE d.id = m.id AND d.again;
    RETURN NULL;
END $$;
