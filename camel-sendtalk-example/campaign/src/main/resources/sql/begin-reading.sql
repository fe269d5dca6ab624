-- What an interrupted reading left.
DELETE FROM reading WHERE account = :#${properties:outbox.account} AND campaign = :#${properties:campaign.name}
