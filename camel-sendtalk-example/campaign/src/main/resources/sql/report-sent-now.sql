-- How many rows this run has sent.
SELECT count(*) AS rows FROM report WHERE account = :account AND campaign = :campaign AND id IS NOT NULL AND NOT earlier
