-- The sign of life of this worker, and what nobody else ends: codes whose time is over, and rows of workers that are gone.
-- A worker is gone some time after its last sign or the start of the database, whichever came later. One that lives and has not
-- written down what became of a row for ten times as long never will.
WITH sign AS (
    INSERT INTO worker (name, account) VALUES (:#${bean:worker.name}, :#${properties:outbox.account})
    ON CONFLICT (name) DO UPDATE SET seen_at = now()
),
expired AS (
    UPDATE message SET state = 'EXPIRED', ended_at = now()
    WHERE id = ANY (ARRAY (
        SELECT id FROM message WHERE state = 'QUEUED' AND expires_at <= now() LIMIT 10000 FOR UPDATE SKIP LOCKED))
),
left_behind AS MATERIALIZED (
    SELECT m.id
    FROM message m LEFT JOIN worker w ON w.name = m.worker
    WHERE m.state = 'SENDING' AND m.claimed_at < now() - CAST(:#${properties:park.after} AS interval)
        AND (m.worker <> :#${bean:worker.name}
                AND greatest(w.seen_at, pg_postmaster_start_time()) < now() - CAST(:#${properties:park.after} AS interval)
            OR m.claimed_at < now() - 10 * CAST(:#${properties:park.after} AS interval))
    FOR UPDATE OF m SKIP LOCKED
)
UPDATE message m SET state = 'PARKED', ended_at = now(), reason = 'Its worker ' || m.worker || ' did not write down what became of it.'
FROM left_behind WHERE m.id = left_behind.id
