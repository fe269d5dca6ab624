-- Takes texts, numbers and names off rows that ended long ago. Their keys stay, so that they are never sent again.
UPDATE message SET phone = NULL, body = NULL, filename = NULL, caption = NULL, who = NULL
WHERE id IN (
    SELECT id FROM message
    WHERE body IS NOT NULL AND ended_at < now() - CAST(:#${properties:retention} AS interval)
        AND state NOT IN ('QUEUED', 'SENDING')
    ORDER BY ended_at LIMIT 10000 FOR UPDATE SKIP LOCKED)
