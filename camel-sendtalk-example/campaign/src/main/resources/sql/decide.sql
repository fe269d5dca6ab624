-- Notes what a person has decided about rows, all of it or nothing. Gives the reason if it is nothing.
SELECT decide(:account, :campaign, :again, :arrived, CAST(:silence AS interval)) AS refusal
