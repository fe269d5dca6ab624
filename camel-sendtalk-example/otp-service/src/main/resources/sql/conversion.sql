-- The last hour by minute. Each minute is of the codes that were asked for in it, whatever happened to them later: it has settled when
-- the last of them is over.
SELECT to_char(minute AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS minute,
    minute + interval '1 min' + CAST(:#${properties:otp.validity} AS interval) <= now() AS settled,
    asked, sent, delivered, sms, checked, verified, round(verified::numeric / nullif(asked, 0), 3) AS conversion,
    price, currency, round(price / nullif(numbers, 0), 2) AS "pricePerVerifiedNumber"
FROM generate_series(date_trunc('minute', now()) - interval '59 min', date_trunc('minute', now()), interval '1 min') AS minute
CROSS JOIN LATERAL (
    SELECT count(*) AS asked, count(*) FILTER (WHERE m.state = 'SENT') AS sent, count(*) FILTER (WHERE m.is_sent) AS delivered,
        count(c.sms_at) AS sms, count(c.verified_at) AS verified,
        count(*) FILTER (WHERE c.verified_at IS NOT NULL OR c.tries_left < :#${properties:otp.tries}) AS checked,
        count(DISTINCT c.number) FILTER (WHERE c.verified_at IS NOT NULL) AS numbers,
        CASE WHEN min(m.currency) = max(m.currency) THEN sum(m.price) END AS price, min(m.currency) AS currency
    FROM code c LEFT JOIN message m ON m.account = c.account AND m.campaign = 'code' AND m.key = c.id::text
    WHERE c.account = :#${properties:outbox.account} AND c.created_at >= minute AND c.created_at < minute + interval '1 min'
) AS codes
ORDER BY minute
