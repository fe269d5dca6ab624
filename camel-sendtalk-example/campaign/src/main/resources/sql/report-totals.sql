-- The rows of a campaign by what became of them, and what they cost.
SELECT outcome, sum(rows) AS rows, sum(sent_now) AS sent_now,
    string_agg(trim_scale(price) || ' ' || currency, ', ' ORDER BY currency) FILTER (WHERE price IS NOT NULL) AS price
FROM (
    SELECT outcome || CASE WHEN earlier AND outcome NOT IN ('wrong', 'repeated') THEN ' (earlier)' ELSE '' END AS outcome,
        currency, count(*) AS rows, count(*) FILTER (WHERE id IS NOT NULL AND NOT earlier) AS sent_now, sum(price) AS price
    FROM report
    WHERE account = :account AND campaign = :campaign
    GROUP BY 1, 2
) AS parts
GROUP BY outcome
ORDER BY outcome
