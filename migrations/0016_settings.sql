-- What a person has chosen, the same on all their devices. Read whole and told whole; also asked of others, for whom
-- their privacy counts.

CREATE TABLE IF NOT EXISTS settings (
  user_id  BINARY(16)      NOT NULL PRIMARY KEY,
  -- The person's revision when they last changed.
  revision BIGINT UNSIGNED NOT NULL,
  -- JSON; what is not in it is as by default.
  body     TEXT            NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
