-- Makes messages of the lines of a file that was read to its end, all or none.
-- A row that stood in an earlier reading is the same row, wherever it stands now.
INSERT INTO campaign (account, name, reading) VALUES (:#${properties:outbox.account}, :#${properties:campaign.name}, 1)
ON CONFLICT (account, name) DO UPDATE SET reading = campaign.reading + 1, read_at = now();

-- What was never sent may have been corrected, or left out of the file: it comes as it stands in the file now.
DELETE FROM message
WHERE account = :#${properties:outbox.account} AND campaign = :#${properties:campaign.name} AND line IS NOT NULL
    AND state IN ('QUEUED', 'DEAD', 'WRONG', 'REPEATED');

WITH known AS MATERIALIZED (
    SELECT r.*, c.reading AS number,
        CASE WHEN problem IS NULL THEN coalesce('id ' || r.id, left(encode(sha256(c.salt || convert_to(
            concat_ws(E'\x1f', r.phone, lower(coalesce(r.message_type, 'text')), btrim(coalesce(r.body, '')),
                btrim(coalesce(r.filename, '')), btrim(coalesce(r.caption, ''))), 'UTF8')), 'hex'), 32)) END AS key
    FROM reading r JOIN campaign c ON c.account = r.account AND c.name = r.campaign
    WHERE r.account = :#${properties:outbox.account} AND r.campaign = :#${properties:campaign.name}
),
ranked AS (
    SELECT *, min(line) OVER same AS first,
        -- An id of its own names one message: with another text or number it is somebody else's row.
        (phone, body, filename, caption) IS DISTINCT FROM
            (first_value(phone) OVER same, first_value(body) OVER same, first_value(filename) OVER same, first_value(caption) OVER same)
            AND id IS NOT NULL AND problem IS NULL AS differs
    FROM known
    WINDOW same AS (PARTITION BY key ORDER BY line)
)
INSERT INTO message AS m (account, campaign, key, lane, phone, message_type, body, filename, caption, who, line, reading,
    state, ended_at, expires_at, exception, field, reason)
SELECT account, campaign,
    CASE WHEN problem IS NULL AND line = first THEN key ELSE 'line ' || line END,
    CASE WHEN lower(message_type) = 'otp' THEN 'code' ELSE 'campaign' END,
    phone, message_type, body, filename, caption, who, line, number,
    CASE WHEN problem IS NOT NULL OR differs THEN 'WRONG' WHEN line = first THEN 'QUEUED' ELSE 'REPEATED' END,
    CASE WHEN problem IS NOT NULL OR line > first THEN now() END,
    CASE WHEN lower(message_type) = 'otp' THEN now() + CAST(:#${properties:code.expiry} AS interval) END,
    exception, CASE WHEN differs THEN 'id' ELSE field END,
    CASE
        WHEN problem IS NOT NULL THEN problem
        WHEN differs THEN 'Its id is that of line ' || first || ', which is another message.'
        WHEN line > first THEN 'line ' || first
    END
FROM ranked
ORDER BY line
ON CONFLICT (account, campaign, key) DO UPDATE
SET line = excluded.line, who = excluded.who, reading = excluded.reading;

DELETE FROM reading WHERE account = :#${properties:outbox.account} AND campaign = :#${properties:campaign.name};

ANALYZE message
