CREATE TABLE opt_out (phone text PRIMARY KEY)
