-- What a running process shows of the outbox, a row for each figure. One with a complaint makes the health check of its part say it.
-- Only rows that are open or wait for a person are counted, by indexes that hold no others: what has ended costs nothing. Of
-- many that wait the first are counted, and the database's own estimate stands for the others.
WITH lane AS (
    SELECT split_part(name, '@', 1) AS lane,
        coalesce(nullif(split_part(name, '@', 2), ''), :#${properties:outbox.account}) AS account
    FROM string_to_table(:#${variable.lanes}, ',') AS name
),
queued AS MATERIALIZED (
    SELECT lane, count, oldest
    FROM lane CROSS JOIN LATERAL (
        -- A row that is tried again waits since it came; one that a person sends again, since then.
        SELECT count(*), min(CASE WHEN tries = 0 OR expires_at IS NULL THEN not_before ELSE created_at END) AS oldest
        FROM (
            SELECT tries, expires_at, not_before, created_at FROM message
            WHERE state = 'QUEUED' AND account = lane.account AND lane = lane.lane
            ORDER BY not_before, id LIMIT 10000
        ) AS first
    ) AS waiting
),
sending AS MATERIALIZED (
    SELECT m.lane, m.worker, m.claimed_at FROM message m JOIN lane USING (account, lane) WHERE m.state = 'SENDING'
)
SELECT 'rows' AS figure, lane, 'QUEUED' AS state, NULL AS exception, NULL AS complaint,
    CASE WHEN count < 10000 THEN count
        ELSE greatest(count, (SELECT reltuples FROM pg_class WHERE oid = 'message_queued'::regclass)) END AS value
FROM queued
UNION ALL
SELECT 'rows', lane, 'SENDING', NULL, NULL, (SELECT count(*) FROM sending WHERE sending.lane = lane.lane) FROM lane
UNION ALL
SELECT 'rows', lane, state, NULL, NULL, (
    SELECT count(*) FROM (
        SELECT FROM message m
        WHERE m.state IN ('UNKNOWN', 'PARKED') AND m.state = undecided.state AND m.lane = lane.lane
            AND m.account = lane.account
        LIMIT 10000) AS first)
FROM lane CROSS JOIN (VALUES ('UNKNOWN'), ('PARKED')) AS undecided (state)
UNION ALL
SELECT 'oldest.code.seconds', NULL, NULL, NULL, NULL,
    greatest(0, coalesce(extract(epoch FROM now() - oldest), 0))
FROM queued WHERE lane = 'code'
UNION ALL
-- What this worker has claimed, and not written down yet: for longer than a call takes it is not to be.
SELECT 'oldest.sending.seconds', NULL, NULL, NULL,
    CASE WHEN min(claimed_at) < now() - CAST(:#${properties:park.after} AS interval)
        THEN 'A row was claimed at ' || min(claimed_at) || ', and what became of it is not written down.' END,
    coalesce(extract(epoch FROM now() - min(claimed_at)), 0)
FROM sending WHERE worker = :#${bean:worker.name}
UNION ALL
-- A gate of all lanes stays closed until something goes through it again. Some gates only a person can open.
SELECT 'gate.closed', gates.lane, NULL, coalesce(gate.exception, ''),
    CASE WHEN gate.exception IN ('SendTalkInsufficientBalanceException', 'SendTalkAuthenticationException')
        THEN 'Nothing is sent, ' || gate.exception || ': ' || gate.reason END,
    CASE WHEN gate.lane = '*' OR gate.until > now() THEN 1 ELSE 0 END
FROM (SELECT '*' AS lane, :#${properties:outbox.account} AS account UNION ALL SELECT lane, account FROM lane) AS gates
LEFT JOIN gate USING (account, lane)
