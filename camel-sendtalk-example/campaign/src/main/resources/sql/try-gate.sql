-- Who starts a process has seen to what closed the gate: it is tried, with one row first.
UPDATE gate SET until = now() WHERE account = :account AND lane = '*'
