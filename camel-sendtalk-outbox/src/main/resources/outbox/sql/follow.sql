-- Takes messages whose status is to be asked for now. Nobody else asks for them for a while; if the answer is never
-- written down, they come again.
WITH due AS MATERIALIZED (
    SELECT id FROM message
    WHERE account = :#${properties:outbox.account} AND follow_at <= now()
    ORDER BY follow_at
    LIMIT :#${properties:follow.batch}
    FOR UPDATE SKIP LOCKED
)
UPDATE message SET follow_at = now() + interval '2 min'
WHERE id = ANY (ARRAY (SELECT due.id FROM due))
RETURNING id, message_id
