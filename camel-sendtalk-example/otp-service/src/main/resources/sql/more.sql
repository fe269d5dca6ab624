-- Lets more codes out today.
INSERT INTO budget AS b (account, day, codes, more, minute, minute_codes)
VALUES (:#${properties:outbox.account}, (clock_timestamp() AT TIME ZONE :#${properties:otp.time-zone})::date, 0, :#${body},
    date_trunc('minute', clock_timestamp()), 0)
ON CONFLICT (account, day) DO UPDATE SET more = least(1000000000, b.more::bigint + excluded.more)
