-- Hands codes to the second channel that surely have not arrived, with what their code is made of: it is the same code. What SendTalk
-- has not taken in time is taken from it first, so that it goes one way only. What is unknown is looked at again: only a status, or
-- the person who asks again, decides.
WITH due AS MATERIALIZED (
    SELECT id, expires_at, created_at
    FROM code
    WHERE account = :#${properties:outbox.account} AND watch_at <= now()
    ORDER BY watch_at
    LIMIT 500
    FOR UPDATE SKIP LOCKED
),
seen AS MATERIALIZED (
    SELECT due.id, due.expires_at, due.expires_at > now() AS is_live, m.id AS message, m.phone, m.body, m.state, m.is_sent, m.is_pending,
        m.state = 'QUEUED' AND due.created_at <= now() - CAST(:#${properties:otp.second-channel-after} AS interval) AS is_late
    FROM due JOIN message m
        ON m.account = :#${properties:outbox.account} AND m.campaign = 'code' AND m.key = due.id::text
),
withdrawn AS (
    UPDATE message m SET state = 'EXPIRED', ended_at = now(), reason = 'Not taken in time: it goes by the second channel.'
    FROM seen
    WHERE m.id = seen.message AND m.state = 'QUEUED' AND seen.is_live AND seen.is_late
    RETURNING m.id
),
handed AS (
    INSERT INTO message (account, campaign, key, lane, phone, message_type, body, state, expires_at)
    SELECT :#${properties:sms.account}, 'code', seen.id, 'sms', phone, 'otp', body, 'QUEUED', expires_at
    FROM seen
    WHERE is_live AND phone IS NOT NULL AND (
        message IN (SELECT id FROM withdrawn)
        OR state IN ('REFUSED', 'DEAD')
        OR state = 'SENT' AND is_pending = false AND is_sent = false)
    ON CONFLICT DO NOTHING
    RETURNING key
)
UPDATE code c
SET sms_at = CASE WHEN handed.key IS NULL THEN c.sms_at ELSE now() END,
    watch_at = CASE WHEN handed.key IS NULL AND is_live AND is_sent IS NOT TRUE AND state NOT IN ('WRONG', 'EXPIRED')
        THEN now() + interval '2 s' END
FROM seen LEFT JOIN handed ON handed.key = seen.id::text
WHERE c.id = seen.id
