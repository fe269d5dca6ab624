-- Puts messages of a source into the table. A key that is there changes nothing, whatever comes with it.
WITH incoming AS MATERIALIZED (
    SELECT coalesce(key, id) AS key, coalesce(campaign, :#${variable.campaign}) AS campaign, lane, phone,
        lower(btrim(coalesce("messageType", 'text'))) AS type, body, filename, caption, who, expires, since
    FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS i (
        key text, id text, campaign text, lane text, phone text, "messageType" text, body text, filename text, caption text,
        who text, expires text, since bigint, problem text)
    WHERE problem IS NULL AND coalesce(key, id) IS NOT NULL
),
-- The report asks for the campaign.
named AS (
    INSERT INTO campaign (account, name) SELECT DISTINCT :#${properties:outbox.account}, campaign FROM incoming
    ON CONFLICT DO NOTHING
)
INSERT INTO message (account, campaign, key, lane, phone, message_type, body, filename, caption, who, state, expires_at)
SELECT :#${properties:outbox.account}, campaign, key,
    coalesce(lane, CASE WHEN type = 'otp' THEN 'code' ELSE 'campaign' END),
    phone, type, body, filename, caption, who, 'QUEUED',
    -- Its time began when it was handed to the source: a code that waited in a queue is as old as any.
    least(now(), to_timestamp(coalesce(since, nullif(CAST(:#${variable.since} AS bigint), 0)) / 1000.0))
        + CAST(coalesce(expires, CASE WHEN type = 'otp' THEN :#${properties:code.expiry} END) AS interval)
FROM incoming
ON CONFLICT (account, campaign, key) DO NOTHING
