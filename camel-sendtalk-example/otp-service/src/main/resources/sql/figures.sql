-- What became of codes, a row for each figure. A code counts when its time is over, so that young codes do not look like failures:
-- these are the codes of 15 minutes, the last of which has just ended.
WITH settled AS MATERIALIZED (
    SELECT c.purpose, c.number, c.sms_at IS NOT NULL AS is_sms, c.verified_at IS NOT NULL AS is_verified,
        c.verified_at IS NOT NULL OR c.tries_left < :#${properties:otp.tries} AS is_checked,
        m.state = 'SENT' AS is_taken, m.is_sent AS is_delivered, m.price, m.currency
    FROM code c LEFT JOIN message m ON m.account = c.account AND m.campaign = 'code' AND m.key = c.id::text
    WHERE c.account = :#${properties:outbox.account}
        AND c.created_at > now() - CAST(:#${properties:otp.validity} AS interval) - interval '15 min'
        AND c.created_at <= now() - CAST(:#${properties:otp.validity} AS interval)
)
SELECT 'codes' AS figure, step, purpose, NULL AS currency, count AS value
FROM (
    SELECT purpose, count(*) AS asked, count(*) FILTER (WHERE is_taken) AS sent, count(*) FILTER (WHERE is_delivered) AS delivered,
        count(*) FILTER (WHERE is_sms) AS sms, count(*) FILTER (WHERE is_checked) AS checked,
        count(*) FILTER (WHERE is_verified) AS verified
    FROM settled GROUP BY purpose
) AS counts CROSS JOIN LATERAL (VALUES
    ('asked', asked), ('sent', sent), ('delivered', delivered), ('sms', sms), ('checked', checked), ('verified', verified)
) AS steps (step, count)
UNION ALL
SELECT 'conversion.ratio', NULL, NULL, NULL, avg(CASE WHEN is_verified THEN 1 ELSE 0 END) FROM settled HAVING count(*) > 0
UNION ALL
-- What SendTalk asks for; the second channel has prices of its own.
SELECT 'price', NULL, NULL, currency, sum(price) FROM settled WHERE currency IS NOT NULL GROUP BY currency
UNION ALL
SELECT 'price.per.verified.number', NULL, NULL, currency, sum(price) / verified
FROM settled CROSS JOIN (SELECT count(DISTINCT number) FILTER (WHERE is_verified) AS verified FROM settled) AS numbers
WHERE currency IS NOT NULL AND verified > 0 GROUP BY currency, verified
UNION ALL
-- Of today, up to now.
SELECT figure, NULL, NULL, NULL, CASE figure WHEN 'budget.used' THEN coalesce(codes, 0) ELSE :#${properties:otp.per-day} + coalesce(more, 0) END
FROM (VALUES ('budget.used'), ('budget.limit')) AS figures (figure)
LEFT JOIN budget ON account = :#${properties:outbox.account}
    AND day = (clock_timestamp() AT TIME ZONE :#${properties:otp.time-zone})::date
