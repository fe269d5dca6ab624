-- How far the campaign is, and whether it pauses.
SELECT p.*, g.exception AS gate_exception, g.reason AS gate_reason
FROM (
    SELECT
        count(*) AS rows,
        count(*) FILTER (WHERE state IN ('QUEUED', 'SENDING')) AS open,
        count(*) FILTER (WHERE follow_at IS NOT NULL) AS followed
    FROM message m JOIN campaign c ON c.account = m.account AND c.name = m.campaign
    WHERE m.account = :account AND m.campaign = :campaign AND (m.reading = c.reading OR m.line IS NULL)
) AS p
LEFT JOIN gate g ON g.account = :account AND g.lane = '*' AND g.until > now()
