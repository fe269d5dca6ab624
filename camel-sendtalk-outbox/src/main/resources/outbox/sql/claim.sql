-- Takes as many rows of a lane as this worker has free slots, in the order of their time.
-- A claim whose reply was lost is asked for by its number again, and gives the same rows.
WITH mine AS MATERIALIZED (
    SELECT id, claim FROM message
    WHERE worker = :#${bean:worker.name} AND lane = :#${variable.lane} AND state = 'SENDING'
),
pause AS MATERIALIZED (
    SELECT lane, until FROM gate
    WHERE account = :#${variable.account} AND lane IN ('*', :#${variable.lane})
),
free AS MATERIALIZED (
    SELECT id FROM message
    WHERE state = 'QUEUED' AND account = :#${variable.account} AND lane = :#${variable.lane}
        AND not_before <= now()
    ORDER BY not_before, id
    LIMIT CASE
        WHEN EXISTS (SELECT FROM mine WHERE claim = :#${variable.claim}) THEN 0
        WHEN EXISTS (SELECT FROM pause WHERE until > now()) THEN 0
        -- A gate that has been closed is tried with one row first.
        WHEN EXISTS (SELECT FROM pause WHERE lane = '*') THEN CASE WHEN EXISTS (SELECT FROM mine) THEN 0 ELSE 1 END
        ELSE greatest(0, :#${variable.slots} - (SELECT count(*) FROM mine))
    END
    FOR UPDATE SKIP LOCKED
),
taken AS (
    UPDATE message m
    SET state = CASE WHEN expires_at <= now() THEN 'EXPIRED' ELSE 'SENDING' END,
        ended_at = CASE WHEN expires_at <= now() THEN now() END,
        worker = :#${bean:worker.name}, claim = :#${variable.claim}, claimed_at = now()
    -- As an array, which is taken for short: of a limit the planner knows nothing, and reads the whole table.
    WHERE m.id = ANY (ARRAY (SELECT free.id FROM free))
    RETURNING m.id, m.state, m.phone, m.message_type, m.body, m.filename, m.caption
)
SELECT id AS row, phone, message_type AS "messageType", body, filename, caption FROM taken WHERE state = 'SENDING'
UNION ALL
SELECT id, phone, message_type, body, filename, caption FROM message JOIN mine USING (id)
WHERE mine.claim = :#${variable.claim}
