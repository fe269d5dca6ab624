UPDATE reminders
SET state = :#${variable.state},
    message_id = :#${variable.messageId},
    reason = :#${variable.reason},
    due = CASE WHEN :#${variable.state} = 'QUEUED' THEN now() + interval '1 minute' ELSE due END
WHERE id = :#${variable.row[id]} AND state = 'SENDING'
