-- Writes down what became of a batch of claimed rows. To run it twice changes nothing.
WITH outcome AS MATERIALIZED (
    SELECT *, state = 'QUEUED' AND pause IS NULL AND exception <> 'ClaimExpiredException' AS retry
    FROM (
        SELECT id, claim, lane, "messageId" AS message_id, exception, field, reason,
            CASE
                WHEN exception IS NULL THEN 'SENT'
                WHEN unknown THEN 'UNKNOWN'
                WHEN exception = 'SendTalkValidationException' THEN CASE WHEN status IS NULL THEN 'WRONG' ELSE 'REFUSED' END
                WHEN exception IN ('SendTalkRejectedException', 'SendTalkInvalidRecipientException') THEN 'REFUSED'
                ELSE 'QUEUED'
            END AS state,
            -- For how many seconds not only this row has to wait.
            CASE
                WHEN exception = 'SendTalkRateLimitException' THEN greatest(1, pause)
                WHEN exception IN ('SendTalkInsufficientBalanceException', 'SendTalkAuthenticationException') THEN 60
            END AS pause
        FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS o (
            id bigint, claim bigint, lane text, "messageId" text, exception text, unknown boolean, field text, reason text,
            status int, pause bigint)
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
        follow_at = CASE WHEN o.state = 'SENT' THEN now() + :#${properties:follow.first} * interval '1 ms' END
    FROM outcome o
    WHERE m.id = o.id AND m.worker = :#${properties:worker.name} AND m.claim = o.claim
        AND m.state IN ('SENDING', 'PARKED')
),
late AS (
    INSERT INTO event (message, worker, claim, state, message_id, reason)
    SELECT o.id, :#${properties:worker.name}, o.claim, o.state, o.message_id, o.reason
    FROM outcome o JOIN message m USING (id)
    WHERE (m.worker, m.claim) IS DISTINCT FROM (:#${properties:worker.name}, o.claim)
),
-- No money, a wrong key and a wait that SendTalk asks for concern more than their row; no connection does if nothing else came through.
closing AS (
    SELECT CASE exception WHEN 'SendTalkRateLimitException' THEN lane ELSE '*' END AS lane,
        max(coalesce(pause, 1)) AS pause, min(exception) AS exception, min(reason) AS reason
    FROM outcome
    WHERE state = 'QUEUED' AND pause IS NOT NULL
        OR retry AND NOT EXISTS (SELECT FROM outcome answered WHERE answered.state <> 'QUEUED')
    GROUP BY 1
),
closed AS (
    INSERT INTO gate AS g (account, lane, until, exception, reason)
    SELECT :#${properties:outbox.account}, lane, now() + pause * interval '1 s', exception, reason FROM closing
    ON CONFLICT (account, lane) DO UPDATE
    SET until = CASE
            WHEN g.until > now() THEN greatest(g.until, excluded.until)
            ELSE greatest(excluded.until, now() + 2 ^ least(g.times, 6) * interval '1 s') END,
        times = g.times + CASE WHEN g.until > now() THEN 0 ELSE 1 END,
        exception = excluded.exception, reason = excluded.reason
)
DELETE FROM gate
WHERE account = :#${properties:outbox.account} AND until <= now()
    AND NOT EXISTS (SELECT FROM closing WHERE closing.lane = gate.lane)
    AND EXISTS (SELECT FROM outcome WHERE state <> 'QUEUED' AND gate.lane IN ('*', outcome.lane))
