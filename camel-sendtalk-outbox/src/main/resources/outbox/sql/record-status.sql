-- Writes down a batch of statuses. What is not final is asked for again: soon at first, then ever more rarely.
WITH answer AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS a (
        id bigint, answer jsonb, exception text, reason text)
)
UPDATE message m
SET status = coalesce(a.answer ->> 'status', m.status),
    is_sent = coalesce(CAST(a.answer ->> 'isSent' AS boolean), m.is_sent),
    is_pending = coalesce(CAST(a.answer ->> 'isPending' AS boolean), m.is_pending),
    price = coalesce(CAST(a.answer ->> 'price' AS numeric), m.price),
    currency = coalesce(a.answer ->> 'currency', m.currency),
    -- a time that is none would be refused, and all of the batch with it
    sent_at = CASE WHEN CAST(a.answer ->> 'sentTime' AS bigint) BETWEEN -200000000000000 AND 9000000000000000
        THEN to_timestamp(CAST(a.answer ->> 'sentTime' AS bigint) / 1000.0) ELSE m.sent_at END,
    status_at = CASE WHEN a.answer IS NULL THEN m.status_at ELSE now() END,
    exception = a.exception, reason = a.reason,
    follow_at = CASE
        WHEN CAST(a.answer ->> 'isPending' AS boolean) = false OR a.exception = 'SendTalkMessageNotFoundException' THEN NULL
        WHEN now() - m.ended_at > CAST(:#${properties:follow.limit} AS interval) THEN NULL
        ELSE now() + least(interval '1 h', greatest(:#${properties:follow.first} * interval '1 ms', (now() - m.ended_at) / 2))
    END
FROM answer a
WHERE m.id = a.id AND m.state = 'SENT'
