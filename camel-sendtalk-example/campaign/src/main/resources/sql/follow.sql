-- Takes messages whose status is to be asked for now. Nobody else asks for them for a while; if the answer is never
-- written down, they come again.
UPDATE message m
SET follow_at = now() + interval '2 min'
FROM (
    SELECT id FROM message
    WHERE account = :#${properties:campaign.account} AND follow_at <= now()
    ORDER BY follow_at
    LIMIT :#${properties:follow.batch}
    FOR UPDATE SKIP LOCKED
) due
WHERE m.id = due.id
RETURNING m.id, m.message_id
