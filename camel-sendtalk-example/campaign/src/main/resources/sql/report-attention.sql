-- The rows about which there is something to do. Of what an exception says the first sentence is shown: the rest speaks to
-- people who write routes.
SELECT line, left(who, 24) AS who,
    concat_ws(E'\n', nullif(concat_ws(': ', exception, (regexp_split_to_array(why, '(?<=[.]) (?=[A-Z])'))[1]), ''), todo)
        AS "why, and what to do"
FROM report
WHERE account = :account AND campaign = :campaign AND todo <> '' AND outcome <> 'not begun'
ORDER BY line, key
LIMIT 100
