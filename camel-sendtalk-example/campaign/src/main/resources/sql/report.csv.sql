-- The report for a spreadsheet. What begins like a formula is kept from being one.
COPY (
    SELECT line, formula_safe(who) AS who, formula_safe(what) AS what, outcome,
        CASE WHEN earlier THEN 'earlier' ELSE 'this' END AS run,
        id, formula_safe(status) AS status, trim_scale(price) AS price, currency, exception,
        formula_safe(why) AS why, formula_safe(todo) AS "what to do"
    FROM report
    WHERE account = current_setting('report.account') AND campaign = current_setting('report.campaign')
    ORDER BY line, key
) TO STDOUT WITH (FORMAT csv, HEADER, DELIMITER ',')
