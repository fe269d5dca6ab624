-- What looks wrong in the numbers of a campaign, in sentences for the person who is about to send it.
-- A spreadsheet that takes a number for a quantity shows 6.28123E+12, and makes 6281230000000 of that.
-- The texts are looked at for few numbers only, and no expression but LIKE for all: a million rows take seconds.
WITH mine AS NOT MATERIALIZED (
    SELECT phone, body, line
    FROM reading
    WHERE account = :#${properties:outbox.account} AND campaign = :#${properties:campaign.name}
), numbers AS MATERIALIZED (
    SELECT phone, count(*) AS times, min(line) AS line
    FROM mine
    GROUP BY phone
    HAVING count(*) >= 10 OR phone LIKE '%0000'
), rounded AS (
    SELECT sum(times) AS times, max(times) AS most, min(line) AS line,
           (SELECT count(phone) FROM mine) AS total
    FROM numbers
    WHERE phone ~ '^[0-9]{4,11}0000$'
), crowded AS (
    SELECT phone, numbers.times, numbers.line, row_number() OVER (ORDER BY numbers.times DESC, numbers.line) AS place
    FROM numbers JOIN mine USING (phone)
    WHERE phone ~ '^[0-9]{8,15}$' AND phone NOT LIKE '%0000'
    GROUP BY phone, numbers.times, numbers.line
    HAVING min(body) < max(body)
)
SELECT times || ' of ' || total || ' numbers end in 0000, the first in line ' || line || ', as if a spreadsheet had'
       || ' rounded them; format the column phone as text there, and bring the numbers in anew, because what was'
       || ' rounded off is lost.' AS sentence,
       0 AS place
FROM rounded
WHERE most >= 5 OR times >= 3 AND times * 2 > total
UNION ALL
SELECT 'The number ' || left(phone, 2) || '***' || right(phone, 3) || ' is in ' || times || ' rows with different texts,'
       || ' the first in line ' || line || ': if these are for different people, correct the column phone.',
       place
FROM crowded
WHERE place <= 5
UNION ALL
SELECT 'Further numbers that are in ten or more rows with different texts: ' || count(*), 6
FROM crowded
WHERE place > 5
HAVING count(*) > 0
ORDER BY place
