-- A row of a table of yours is in the outbox, or never will be, for a reason.
UPDATE customer_notice SET read_at = now(), refusal = :#${variable.refusal} WHERE id = :#${variable.key}
