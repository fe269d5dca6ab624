-- What stands in the table and is not in the file that was read, in sentences for the person who is about to send it.
SELECT 'Rows of an earlier file of this campaign that were not sent and are not in this one: ' || count(*) || '. They are left out;'
    || ' if this file is another campaign, give it a name of its own with -Dcampaign.name=...' AS sentence
FROM message m
WHERE account = :account AND campaign = :campaign AND line IS NOT NULL AND state IN ('QUEUED', 'DEAD')
    AND NOT EXISTS (SELECT FROM reading r WHERE r.account = m.account AND r.campaign = m.campaign AND r.phone = m.phone)
    AND NOT EXISTS (
        SELECT FROM reading r
        WHERE r.account = m.account AND r.campaign = m.campaign AND r.line = m.line AND r.body = m.body)
HAVING count(*) > 0
UNION ALL
-- While other workers live, it is their business.
SELECT 'Rows of the campaign ' || campaign || ' that wait, and go out as well: ' || count(*) || '. To give them up:'
    || ' UPDATE message SET state = ''EXPIRED'', ended_at = now() WHERE state = ''QUEUED'' AND campaign = ' || quote_literal(campaign)
FROM message m
WHERE account = :account AND campaign <> :campaign AND state = 'QUEUED'
    AND NOT EXISTS (
        SELECT FROM worker w
        WHERE w.account = m.account AND w.name <> :worker AND w.seen_at > now() - interval '1 min')
GROUP BY campaign
