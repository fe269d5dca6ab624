-- Counts a guess: it is right, and the code is used with it, or one try less is left. Of codes that are over nothing is counted.
UPDATE code
SET verified_at = CASE WHEN :#${variable.right} THEN clock_timestamp() END,
    tries_left = tries_left - CASE WHEN :#${variable.right} THEN 0 ELSE 1 END,
    watch_at = CASE WHEN :#${variable.right} OR tries_left = 1 THEN NULL ELSE watch_at END
WHERE id = :#${variable.id} AND account = :#${properties:outbox.account}
    AND verified_at IS NULL AND replaced_at IS NULL AND tries_left > 0 AND expires_at > clock_timestamp()
RETURNING CASE WHEN verified_at IS NULL THEN 'wrong' ELSE 'right' END AS result, tries_left
