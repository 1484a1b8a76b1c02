-- How people prove who they are: when a session last did, recovery codes, one-time codes, passkeys, and what they are
-- asked meanwhile.

ALTER TABLE sessions
  -- NULL: since the session began nobody has proved anything (a device that was let in by another one).
  ADD COLUMN confirmed_at DATETIME(3) NULL;

ALTER TABLE users
  -- When they said that they keep their recovery codes; NULL: not yet, or there are new ones since.
  ADD COLUMN recovery_kept_at DATETIME(3) NULL,
  -- Whether a passkey is asked for after the password, where there is one.
  ADD COLUMN has_passkey_step BOOLEAN NOT NULL DEFAULT FALSE;

-- Each opens once: using one is removing its row.
CREATE TABLE IF NOT EXISTS recovery_codes (
  user_id   BINARY(16)  NOT NULL,
  -- SHA-256 of person and code, so that one guess is a guess at one person's codes only.
  code_hash BINARY(32)  NOT NULL,
  made_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One-time codes from an app.
CREATE TABLE IF NOT EXISTS totp (
  user_id      BINARY(16)      NOT NULL PRIMARY KEY,
  -- Sealed under a key derived from the master key, bound to the person.
  secret       VARBINARY(100)  NOT NULL,
  -- NULL: being set up; no right code has come yet.
  turned_on_at DATETIME(3)     NULL,
  -- The newest step whose code was taken; none at or before it is taken again.
  last_step    BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS passkeys (
  id            BINARY(16)      NOT NULL PRIMARY KEY,
  user_id       BINARY(16)      NOT NULL,
  -- As the authenticator names it.
  credential_id VARBINARY(1023) NOT NULL,
  -- The host it was made for; it answers for no other.
  rp_id         VARCHAR(253)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key    VARBINARY(2000) NOT NULL,
  counter       BIGINT UNSIGNED NOT NULL,
  -- As the browser said: comma between them.
  transports    VARCHAR(100)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name          VARCHAR(64)     NOT NULL,
  made_at       DATETIME(3)     NOT NULL,
  last_used_at  DATETIME(3)     NULL,
  UNIQUE KEY passkeys_by_credential (credential_id),
  KEY passkeys_by_user (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What was asked of somebody and waits for its answer: for five minutes, and for one.
CREATE TABLE IF NOT EXISTS auth_challenges (
  -- SHA-256 of 256 random bits, which only the asked holds.
  challenge_hash BINARY(32)   NOT NULL PRIMARY KEY,
  purpose        VARCHAR(20)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- NULL: whoever answers says who they are.
  user_id        BINARY(16)   NULL,
  tries          INT UNSIGNED NOT NULL DEFAULT 0,
  expires_at     DATETIME(3)  NOT NULL,
  KEY auth_challenges_by_end (expires_at),
  KEY auth_challenges_by_user (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
