-- Rows of a table of yours that were not read yet, with the names of the fields of a message. A code grows old from "since" on.
SELECT id AS key, customer_phone AS phone, kind AS "messageType", notice AS body, customer_name AS who,
    CAST(EXTRACT(epoch FROM created_at) * 1000 AS bigint) AS since
FROM customer_notice
WHERE read_at IS NULL
ORDER BY id
LIMIT 500
