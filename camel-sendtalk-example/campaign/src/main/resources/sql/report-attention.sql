-- The rows about which there is something to do.
SELECT line, who, exception, coalesce(why, '') AS why, todo
FROM report
WHERE account = :account AND campaign = :campaign AND todo <> '' AND outcome <> 'not begun'
ORDER BY line, key
LIMIT 100
