-- Takes a batch of a file's lines.
INSERT INTO reading
SELECT :#${properties:outbox.account}, :#${properties:campaign.name},
    line, who, id, phone, "messageType", body, filename, caption, exception, field, problem
FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS r (
    line int, who text, id text, phone text, "messageType" text, body text, filename text, caption text,
    exception text, field text, problem text)
