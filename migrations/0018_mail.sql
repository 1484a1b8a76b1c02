-- E-mail addresses, recovery by mail, signing in a new device by QR, and what the list of devices says of each.

-- Mails for the operator to read, where no SMTP server is named. Sealed: their links let people in.
CREATE TABLE IF NOT EXISTS kept_mails (
  id      BINARY(16)  NOT NULL PRIMARY KEY,
  mail    MEDIUMBLOB  NOT NULL,
  kept_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A person's address: unique once it is confirmed. Of one that waits for that the hash of its link is kept.
CREATE TABLE IF NOT EXISTS emails (
  user_id          BINARY(16)   NOT NULL PRIMARY KEY,
  address          VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NULL,
  confirmed_at     DATETIME(3)  NULL,
  claimed_address  VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NULL,
  claim_hash       BINARY(32)   NULL,
  claim_expires_at DATETIME(3)  NULL,
  -- Of whoever wrote the address down, for as long as they have not chosen one for all their devices.
  language         VARCHAR(35)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY emails_by_address (address),
  UNIQUE KEY emails_by_claim (claim_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Links to a new password.
CREATE TABLE IF NOT EXISTS recoveries (
  token_hash BINARY(32)  NOT NULL PRIMARY KEY,
  user_id    BINARY(16)  NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY recoveries_by_user (user_id),
  KEY recoveries_by_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A new device that waits to be let in by a signed-in one.
CREATE TABLE IF NOT EXISTS device_links (
  id              BINARY(16)   NOT NULL PRIMARY KEY,
  -- Of what the picture holds, of what is typed instead, and of what only the new device knows.
  code_hash       BINARY(32)   NOT NULL,
  short_code_hash BINARY(32)   NOT NULL,
  secret_hash     BINARY(32)   NOT NULL,
  device          VARCHAR(100) NOT NULL,
  address         VARCHAR(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           VARCHAR(10)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Who answered, and in which session.
  user_id         BINARY(16)   NULL,
  session_id      BINARY(16)   NULL,
  expires_at      DATETIME(3)  NOT NULL,
  UNIQUE KEY device_links_by_code (code_hash),
  KEY device_links_by_short_code (short_code_hash),
  KEY device_links_by_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE sessions
  -- What the person calls the device; NULL: what its browser says.
  ADD COLUMN name VARCHAR(64) NULL,
  -- By what it was let in.
  ADD COLUMN method VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'password',
  -- How it ended, where somebody ended it.
  ADD COLUMN end_reason VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY sessions_by_end (revoked_at),
  ADD KEY sessions_by_use (last_seen_at);

ALTER TABLE sessions
  -- The history of one person, in its order: ids are made in the order of time.
  ADD KEY sessions_by_person (user_id, id);
