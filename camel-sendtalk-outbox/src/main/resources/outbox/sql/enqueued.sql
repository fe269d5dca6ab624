-- How the messages of a source stand that were just put into the table, and what is wrong with those that were not.
SELECT id, campaign, key, state, differs, line,
    'Line ' || line || ': ' || CASE
        WHEN problem IS NOT NULL THEN regexp_replace(problem, '^Line \d+: ', '')
        WHEN key IS NULL THEN 'it has no id: give the file a column ''id'' with what you know the row by.'
        WHEN differs THEN 'its id is that of another message, which stands.' END || E'\n' AS problem
FROM (
    SELECT m.id, m.campaign, m.state, coalesce(i.key, i.id) AS key, i.line, i.problem,
        -- A text that was forgotten can't be compared.
        m.body IS NOT NULL AND (m.phone, m.message_type, m.body, m.filename, m.caption) IS DISTINCT FROM
            (i.phone, lower(btrim(coalesce(i."messageType", 'text'))), i.body, i.filename, i.caption) AS differs
    FROM jsonb_to_recordset(CAST(:#${body} AS jsonb)) AS i (
            line int, key text, id text, campaign text, phone text, "messageType" text, body text, filename text, caption text,
            problem text)
        LEFT JOIN message m ON i.problem IS NULL AND m.account = :#${properties:outbox.account}
            AND m.campaign = coalesce(i.campaign, :#${variable.campaign}) AND m.key = coalesce(i.key, i.id)
) AS rows
