-- The rows of a campaign by what became of them, and what they cost.
SELECT outcome_and_run AS outcome, sum(rows) AS rows,
    string_agg(trim_scale(price) || ' ' || currency, ', ' ORDER BY currency) FILTER (WHERE price IS NOT NULL) AS price
FROM (
    SELECT outcome_and_run, currency, count(*) AS rows, sum(price) AS price
    FROM report
    WHERE account = :account AND campaign = :campaign
    GROUP BY outcome_and_run, currency
) AS parts
GROUP BY outcome_and_run
ORDER BY outcome_and_run
