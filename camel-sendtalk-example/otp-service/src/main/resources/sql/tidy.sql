-- Forgets old codes, and what became of their messages.
WITH old AS MATERIALIZED (
    SELECT id FROM code
    WHERE account = :#${properties:outbox.account} AND created_at < now() - CAST(:#${properties:otp.keep} AS interval)
    ORDER BY created_at LIMIT 10000 FOR UPDATE SKIP LOCKED
),
messages AS (
    DELETE FROM message
    WHERE account IN (:#${properties:outbox.account}, :#${properties:sms.account}) AND campaign = 'code' AND key IN (SELECT id::text FROM old)
)
DELETE FROM code WHERE id IN (SELECT id FROM old)
