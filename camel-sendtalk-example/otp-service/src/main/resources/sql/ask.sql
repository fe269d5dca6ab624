-- Lets a code out, or says why not: schema.sql has the function.
SELECT code, refusal, wait_seconds FROM ask_code(
    new_id => :#${body[id]},
    asking_account => :#${properties:outbox.account},
    asked_number => :#${body[number]},
    asking_address => :#${body[address]},
    asked_purpose => :#${body[purpose]},
    asked_language => :#${body[language]},
    sealed_number => :#${body[sealed]},
    template => :#${body[template]},
    validity => :#${properties:otp.validity},
    tries => :#${properties:otp.tries},
    resend_after => :#${properties:otp.resend-after},
    time_zone => :#${properties:otp.time-zone},
    per_number => :#${properties:otp.per-number},
    per_address => :#${properties:otp.per-address},
    per_minute => :#${properties:otp.per-minute},
    per_day => :#${properties:otp.per-day},
    second_channel_after => :#${properties:otp.second-channel-after})
