-- The rows of a campaign, if they are few enough to be read one by one.
SELECT line, who, what, outcome || CASE WHEN earlier AND outcome NOT IN ('wrong', 'repeated') THEN ' (earlier)' ELSE '' END AS outcome,
    id, status, trim_scale(price) || ' ' || coalesce(currency, '') AS price
FROM report
WHERE account = :account AND campaign = :campaign
ORDER BY line, key
LIMIT 101
