-- How a message of the REST source stands, without its text and number.
SELECT jsonb_strip_nulls(jsonb_build_object(
    'key', key, 'state', state, 'createdAt', created_at, 'expiresAt', expires_at, 'endedAt', ended_at,
    'messageId', message_id, 'status', status, 'sentAt', sent_at, 'price', price, 'currency', currency,
    'exception', exception, 'field', field, 'reason', reason))::text AS state
FROM message
WHERE account = :#${properties:outbox.account} AND campaign = 'rest' AND key = :#${variable.key}
