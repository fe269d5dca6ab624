-- The rows of a campaign as the screen shows them, if they are few enough to be read one by one. The whole ids are in the file.
SELECT line, left(who, 24) AS who, left(what, 6) AS what, left(outcome_and_run, 24) AS outcome, left(id, 8) AS id,
    left(status, 10) AS status, trim_scale(price) || ' ' || coalesce(currency, '') AS price
FROM report
WHERE account = :account AND campaign = :campaign
ORDER BY line, key
LIMIT 101
