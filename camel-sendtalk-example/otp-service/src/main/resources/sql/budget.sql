-- The codes of today: how many were let out, how many the settings allow, and how many more a person does.
SELECT today.day::text AS day, coalesce(codes, 0) AS codes, CAST(:#${properties:otp.per-day} AS int) AS budget, coalesce(more, 0) AS more
FROM (SELECT (clock_timestamp() AT TIME ZONE :#${properties:otp.time-zone})::date AS day) AS today
LEFT JOIN budget ON account = :#${properties:outbox.account} AND budget.day = today.day
