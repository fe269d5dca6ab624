-- Nobody else uses this database: what is under way was begun by a run that was killed.
UPDATE message SET state = 'PARKED', ended_at = now(), reason = 'The campaign was interrupted while this row was on its way.'
WHERE account = :account AND state = 'SENDING'
