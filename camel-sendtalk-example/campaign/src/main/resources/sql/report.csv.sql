-- The report for a spreadsheet. What begins like a formula is kept from being one. Where cells are separated by semicolons,
-- a comma separates decimals: a point would make dates of prices.
COPY (
    SELECT line, formula_safe(who) AS who, formula_safe(what) AS what, outcome,
        CASE WHEN earlier THEN 'earlier' ELSE 'this' END AS run,
        formula_safe(id) AS id, formula_safe(status) AS status,
        replace(trim_scale(price)::text, '.', CASE :'separator' WHEN ';' THEN ',' ELSE '.' END) AS price,
        formula_safe(currency) AS currency, exception, formula_safe(why) AS why, formula_safe(todo) AS "what to do"
    FROM report
    WHERE account = :'account' AND campaign = :'campaign'
    ORDER BY line, key
) TO STDOUT WITH (FORMAT csv, HEADER, DELIMITER :'separator')
