-- How a code stands.
SELECT c.id, c.purpose, c.language,
    CASE
        WHEN c.verified_at IS NOT NULL THEN 'used'
        WHEN c.replaced_at IS NOT NULL THEN 'replaced'
        WHEN c.tries_left = 0 THEN 'blocked'
        WHEN c.expires_at <= clock_timestamp() THEN 'expired'
        ELSE 'open'
    END AS state,
    c.tries_left AS "triesLeft",
    CASE WHEN c.sms_at IS NULL THEN 'whatsapp' ELSE 'sms' END AS channel,
    CASE
        WHEN m.is_sent THEN 'delivered'
        WHEN m.state IN ('QUEUED', 'SENDING') THEN 'waiting'
        WHEN m.state = 'SENT' AND m.is_pending IS NOT FALSE THEN 'sent'
        WHEN m.state IN ('UNKNOWN', 'PARKED') THEN 'unknown'
        ELSE 'failed'
    END AS delivery,
    to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
    to_char(c.next_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "nextAt",
    to_char(c.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt"
FROM code c LEFT JOIN message m
    ON m.account = CASE WHEN c.sms_at IS NULL THEN c.account ELSE :#${properties:sms.account} END AND m.campaign = 'code' AND m.key = c.id::text
WHERE c.id = :#${variable.id} AND c.account = :#${properties:outbox.account}
