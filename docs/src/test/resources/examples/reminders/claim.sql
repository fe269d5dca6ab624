WITH claimed AS MATERIALIZED (
    SELECT id FROM reminders
    WHERE state = 'QUEUED' AND due <= now()
    ORDER BY due LIMIT 20 FOR UPDATE SKIP LOCKED
)
UPDATE reminders SET state = 'SENDING', begun = now()
FROM claimed WHERE reminders.id = claimed.id
RETURNING reminders.id, phone, text
