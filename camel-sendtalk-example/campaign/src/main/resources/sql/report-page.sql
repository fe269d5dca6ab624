-- All that the page shows, as one JSON. No number and no text of a message is in it, and no name that could end the element
-- that holds it.
WITH line AS NOT MATERIALIZED (
    SELECT *, state IN ('UNKNOWN', 'PARKED', 'DEAD', 'REFUSED', 'EXPIRED', 'WRONG') OR outcome = 'not delivered'
            OR exception = 'SendTalkMessageNotFoundException' AS needs_person
    FROM report
    WHERE account = :account AND campaign = :campaign
),
-- One pass over the rows counts them in the three ways that are needed. The rest works on what was counted.
counted AS MATERIALIZED (
    SELECT outcome, currency, second, taken, seconds, GROUPING(outcome, second, seconds) AS way,
        count(*) AS rows, sum(price) AS price,
        count(*) FILTER (WHERE state IN ('QUEUED', 'SENDING')) AS open,
        count(*) FILTER (WHERE follow_at IS NOT NULL) AS followed,
        count(*) FILTER (WHERE needs_person) AS need_person
    FROM line,
        LATERAL (SELECT state = 'SENT' AS taken, date_bin('1 s', ended_at, '2000-01-03') AS second,
            CASE WHEN outcome IN ('sent', 'not delivered') THEN date_part('epoch', greatest(status_at - ended_at, '0')) END AS took),
        -- Longer times less finely: nobody reads the tenths of an hour.
        LATERAL (SELECT CASE WHEN took < 10 THEN floor(took * 10) / 10 WHEN took < 600 THEN floor(took) ELSE 60 * floor(took / 60) END AS seconds)
    GROUP BY GROUPING SETS ((outcome, currency), (second, taken, currency), (seconds))
),
by_outcome AS (SELECT * FROM counted WHERE way = 3),
by_second AS (SELECT * FROM counted WHERE way = 5 AND second IS NOT NULL),
by_took AS (
    SELECT seconds, rows, sum(rows) OVER (ORDER BY seconds) AS up_to, sum(rows) OVER () AS total
    FROM counted WHERE way = 6 AND seconds IS NOT NULL
),

meaning (place, outcome, kind, means) AS (VALUES
    (1, 'sent', 'good', 'SendTalk says that it was sent.'),
    (2, 'accepted', 'open', 'SendTalk took it, and has not said yet that it was sent.'),
    (3, 'on its way', 'open', 'It is being sent.'),
    (4, 'not begun', 'open', 'It waits for its turn.'),
    (5, 'not sent', 'bad', 'Surely not sent, for a reason that is not the row''s own. It is tried again, at the latest at the next start.'),
    (6, 'not delivered', 'bad', 'SendTalk took it, and says that it was not sent.'),
    (7, 'refused', 'bad', 'SendTalk refused it.'),
    (8, 'expired', 'bad', 'It was not sent in time.'),
    (9, 'unknown', 'bad', 'It may have been sent or not: no clear answer came.'),
    (10, 'parked', 'bad', 'It may have been sent or not: what sent it is gone.'),
    (11, 'wrong', 'bad', 'The row can''t be sent as it is.'),
    (12, 'repeated', 'plain', 'A line before has the same message to the same number, and is sent once.')
),
outcomes AS (
    SELECT outcome, kind, means, sum(rows) AS rows
    FROM meaning JOIN by_outcome USING (outcome)
    GROUP BY place, outcome, kind, means ORDER BY place
),
prices AS (
    SELECT coalesce(currency, '') AS currency, trim_scale(sum(price)) AS price
    FROM by_outcome WHERE price IS NOT NULL GROUP BY currency
),
run AS (
    SELECT sum(rows) AS ended, extract(epoch FROM max(second) - min(read_at)) AS lasted,
        coalesce(sum(rows) FILTER (WHERE second > now() - interval '1 min'), 0)
            / greatest(1, extract(epoch FROM least(interval '1 min', now() - min(read_at)))) AS rate
    FROM by_second JOIN campaign c ON c.account = :account AND c.name = :campaign AND second >= date_trunc('second', read_at)
),

-- Bars as fine as a hundred of them allow. Days begin with midnight here, weeks with Monday.
step AS (
    SELECT step, date_bin(step, first, '2000-01-03') AS first, last
    FROM (SELECT min(second) AS first, max(second) AS last FROM by_second) AS span, unnest(CAST(
        '{1 s,2 s,5 s,10 s,30 s,1 min,2 min,5 min,10 min,30 min,1 h,2 h,6 h,12 h,1 d,7 d,70 d}' AS interval[])) AS step
    WHERE step * 120 >= last - first
    ORDER BY step LIMIT 1
),
bar AS (SELECT at FROM step, generate_series(first, last, step) AS at),
by_bar AS (
    SELECT date_bin(step, second, first) AS at, coalesce(currency, '') AS currency, sum(price) AS price,
        sum(rows) AS ended, sum(rows) FILTER (WHERE taken) AS taken
    FROM by_second, step GROUP BY 1, 2
),
ended AS (
    SELECT at, coalesce(sum(ended), 0) AS ended, coalesce(sum(taken), 0) AS taken
    FROM bar LEFT JOIN by_bar USING (at) GROUP BY at
),
spent AS (
    SELECT currency, at, coalesce(sum(b.price) OVER (PARTITION BY currency ORDER BY at), 0) AS price
    FROM (prices CROSS JOIN bar) LEFT JOIN by_bar b USING (currency, at)
),

took (floor, label) AS (VALUES
    (0, 'under 1 s'), (1, '1 to 2 s'), (2, '2 to 5 s'), (5, '5 to 10 s'), (10, '10 to 30 s'), (30, '30 to 60 s'),
    (60, '1 to 5 min'), (300, '5 to 30 min'), (1800, '30 min to 2 h'), (7200, '2 to 24 h'), (86400, 'over 24 h')
),
histogram AS (
    SELECT label, coalesce(sum(rows), 0) AS rows
    FROM (SELECT *, lead(floor, 1, 2147483647) OVER (ORDER BY floor) AS ceiling FROM took) AS b
        LEFT JOIN by_took ON seconds >= floor AND seconds < ceiling
    GROUP BY floor, label ORDER BY floor
),
within AS (
    SELECT share, min(seconds) AS seconds
    FROM by_took, unnest(ARRAY[50, 90, 99]) AS share
    WHERE up_to * 100 >= share * total
    GROUP BY share ORDER BY share
),

urgent AS (
    SELECT line, who, outcome, exception, coalesce(why, '') AS why, todo
    FROM line JOIN meaning USING (outcome)
    WHERE needs_person
    ORDER BY outcome NOT IN ('unknown', 'parked'), place, line, key
    LIMIT 100
)
SELECT replace(CAST(json_build_object(
    'campaign', CAST(:campaign AS text),
    'account', CAST(:account AS text),
    'stopped', CAST(:stopped AS text),
    'at', floor(extract(epoch FROM now())),
    'rows', (SELECT coalesce(sum(rows), 0) FROM by_outcome),
    'open', (SELECT coalesce(sum(open), 0) FROM by_outcome),
    'followed', (SELECT coalesce(sum(followed), 0) FROM by_outcome),
    'needPerson', (SELECT coalesce(sum(need_person), 0) FROM by_outcome),
    'run', (SELECT row_to_json(run) FROM run),
    'gates', (SELECT coalesce(json_agg(json_build_object(
        'lane', lane, 'until', floor(extract(epoch FROM until)), 'exception', exception, 'reason', reason)), '[]')
        FROM gate WHERE account = :account),
    'outcomes', (SELECT coalesce(json_agg(outcomes), '[]') FROM outcomes),
    'prices', (SELECT coalesce(json_agg(prices ORDER BY currency), '[]') FROM prices),
    'step', (SELECT extract(epoch FROM step) FROM step),
    'bars', (SELECT coalesce(json_agg(extract(epoch FROM at) ORDER BY at), '[]') FROM bar),
    'ended', (SELECT coalesce(json_agg(ended ORDER BY at), '[]') FROM ended),
    'taken', (SELECT coalesce(json_agg(taken ORDER BY at), '[]') FROM ended),
    'spent', (SELECT coalesce(json_object_agg(currency, prices), '{}')
        FROM (SELECT currency, json_agg(trim_scale(price) ORDER BY at) AS prices FROM spent GROUP BY currency) AS s),
    'took', (SELECT coalesce(json_agg(histogram), '[]') FROM histogram WHERE EXISTS (SELECT FROM by_took)),
    'within', (SELECT coalesce(json_agg(within), '[]') FROM within),
    'urgent', (SELECT coalesce(json_agg(urgent), '[]') FROM urgent)
) AS text), '<', '\u003c') AS page
