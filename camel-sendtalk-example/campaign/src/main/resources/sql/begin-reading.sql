-- What an interrupted reading left.
DELETE FROM reading WHERE account = :#${properties:campaign.account} AND campaign = :#${properties:campaign.name}
