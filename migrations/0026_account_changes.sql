-- What somebody changed of how they prove who they are (passkeys, codes from an app, recovery codes): part of the history
-- that its person reads, with the device that did it as it was then.
CREATE TABLE IF NOT EXISTS account_changes (
  id      BINARY(16)    NOT NULL PRIMARY KEY,
  user_id BINARY(16)    NOT NULL,
  what    VARCHAR(20)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  device  VARCHAR(100)  NOT NULL,
  address VARCHAR(45)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at      DATETIME(3)   NOT NULL,
  KEY account_changes_by_person (user_id, id),
  KEY account_changes_by_time (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
