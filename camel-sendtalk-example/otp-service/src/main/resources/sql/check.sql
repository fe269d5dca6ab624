-- Counts a guess: it is right, and the code is used with it, or one try less is left. Of codes that are over nothing is counted.
WITH counted AS (
    UPDATE code
    SET verified_at = CASE WHEN :#${variable.right} THEN clock_timestamp() END,
        tries_left = tries_left - CASE WHEN :#${variable.right} THEN 0 ELSE 1 END,
        watch_at = CASE WHEN :#${variable.right} OR tries_left = 1 THEN NULL ELSE watch_at END
    WHERE id = :#${variable.id} AND account = :#${properties:outbox.account}
        AND verified_at IS NULL AND replaced_at IS NULL AND tries_left > 0 AND expires_at > clock_timestamp()
    RETURNING id, verified_at IS NOT NULL AS is_right, tries_left
),
-- A code that is over with it is sent no more.
ended AS (
    UPDATE message m SET expires_at = clock_timestamp()
    FROM counted
    WHERE (is_right OR tries_left = 0) AND m.account IN (:#${properties:outbox.account}, :#${properties:sms.account})
        AND m.campaign = 'code' AND m.key = counted.id::text AND m.state IN ('QUEUED', 'SENDING')
)
SELECT CASE WHEN is_right THEN 'right' ELSE 'wrong' END AS result, tries_left FROM counted
