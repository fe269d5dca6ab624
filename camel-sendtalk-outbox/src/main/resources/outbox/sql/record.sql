-- Writes down what became of a batch of claimed rows. To run it twice changes nothing.
WITH outcome AS MATERIALIZED (
    SELECT *, state = 'QUEUED' AND pause IS NULL AND exception <> 'ClaimExpiredException' AS retry
    FROM (
        SELECT m.id, o.claim, m.account, m.lane, o."messageId" AS message_id, o.exception, o.field, o.reason,
            CASE
                WHEN o.exception IS NULL THEN 'SENT'
                WHEN o.unknown THEN 'UNKNOWN'
                WHEN o.exception = 'SendTalkValidationException' THEN CASE WHEN o.status IS NULL THEN 'WRONG' ELSE 'REFUSED' END
                WHEN o.exception IN ('SendTalkRejectedException', 'SendTalkInvalidRecipientException') THEN 'REFUSED'
                ELSE 'QUEUED'
            END AS state,
            -- For how many seconds not only this row has to wait.
            CASE
                WHEN o.exception = 'SendTalkRateLimitException' THEN greatest(1, o.pause)
                WHEN o.exception IN ('SendTalkInsufficientBalanceException', 'SendTalkAuthenticationException') THEN 60
            END AS pause
        FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS o (
            id bigint, claim bigint, "messageId" text, exception text, unknown boolean, field text, reason text,
            status int, pause bigint)
            JOIN message m USING (id)
    ) AS meant
),
recorded AS (
    UPDATE message m
    SET state = CASE WHEN o.retry AND m.tries + 1 >= :#${properties:campaign.tries} THEN 'DEAD' ELSE o.state END,
        tries = m.tries + CASE WHEN o.retry THEN 1 ELSE 0 END,
        not_before = CASE WHEN o.retry THEN now() + least(300, 2 ^ m.tries) * interval '1 s' ELSE m.not_before END,
        ended_at = CASE
            WHEN o.state <> 'QUEUED' OR (o.retry AND m.tries + 1 >= :#${properties:campaign.tries}) THEN now() END,
        message_id = o.message_id,
        exception = o.exception, field = o.field, reason = o.reason,
        -- What was not sent through SendTalk has no status there.
        follow_at = CASE WHEN o.message_id IS NOT NULL THEN now() + :#${properties:follow.first} * interval '1 ms' END
    FROM outcome o
    WHERE m.id = o.id AND m.worker = :#${bean:worker.name} AND m.claim = o.claim
        AND m.state IN ('SENDING', 'PARKED')
),
late AS (
    INSERT INTO event (message, worker, claim, state, message_id, reason)
    SELECT o.id, :#${bean:worker.name}, o.claim, o.state, o.message_id, o.reason
    FROM outcome o JOIN message m USING (id)
    WHERE (m.worker, m.claim) IS DISTINCT FROM (:#${bean:worker.name}, o.claim)
),
-- No money, a wrong key and a wait that SendTalk asks for concern more than their row; no connection does if nothing else came through.
closing AS (
    SELECT account, CASE exception WHEN 'SendTalkRateLimitException' THEN lane ELSE '*' END AS lane,
        max(coalesce(pause, 1)) AS pause, min(exception) AS exception, min(reason) AS reason
    FROM outcome
    WHERE state = 'QUEUED' AND pause IS NOT NULL
        OR retry AND NOT EXISTS (
            SELECT FROM outcome answered WHERE answered.state <> 'QUEUED' AND answered.account = outcome.account)
    GROUP BY 1, 2
),
closed AS (
    INSERT INTO gate AS g (account, lane, until, exception, reason)
    SELECT account, lane, now() + pause * interval '1 s', exception, reason FROM closing
    ON CONFLICT (account, lane) DO UPDATE
    SET until = CASE
            WHEN g.until > now() THEN greatest(g.until, excluded.until)
            ELSE greatest(excluded.until, now() + 2 ^ least(g.times, 6) * interval '1 s') END,
        times = g.times + CASE WHEN g.until > now() THEN 0 ELSE 1 END,
        exception = excluded.exception, reason = excluded.reason
)
DELETE FROM gate
WHERE until <= now()
    AND NOT EXISTS (SELECT FROM closing WHERE (closing.account, closing.lane) = (gate.account, gate.lane))
    AND EXISTS (
        SELECT FROM outcome
        WHERE outcome.state <> 'QUEUED' AND outcome.account = gate.account AND gate.lane IN ('*', outcome.lane))
