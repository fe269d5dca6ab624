-- Rows of the file with a number that was invented for the demo.
SELECT line FROM reading WHERE account = :account AND campaign = :campaign AND phone = ANY (:numbers) ORDER BY line LIMIT 1
