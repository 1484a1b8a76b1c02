-- Friends, requests and blocks: one row for each ordered pair, as the first of the two sees it.

CREATE TABLE IF NOT EXISTS relations (
  user_id     BINARY(16)      NOT NULL,
  other_id    BINARY(16)      NOT NULL,
  -- 'none' (a tombstone, R2, or a block alone), 'asked', 'asks', 'friends'.
  friendship  VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_blocked  BOOLEAN         NOT NULL DEFAULT FALSE,
  -- When this person last declined the other, who is not told and asks in vain for a while.
  declined_at DATETIME(3)     NULL,
  -- The person's revision of the last change.
  revision    BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (user_id, other_id),
  KEY relations_by_revision (user_id, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A person's own link, by which others ask to be friends. One at a time; gone when it is revoked.
CREATE TABLE IF NOT EXISTS add_links (
  user_id   BINARY(16)     NOT NULL PRIMARY KEY,
  code_hash BINARY(32)     NOT NULL,
  -- Sealed: only its owner is shown it again.
  code      VARBINARY(100) NOT NULL,
  UNIQUE KEY add_links_by_code (code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What stands between the two people of a direct chat, for the one whose row it is: read with the sender's row, so that
-- posting asks nothing more. Made from relations and settings, in the transaction of each change.
ALTER TABLE members
  ADD COLUMN bars TINYINT UNSIGNED NOT NULL DEFAULT 0;

-- Who does not want to be found by the beginning of their name, where the operator lets people be found so.
CREATE TABLE IF NOT EXISTS unlisted_people (
  user_id BINARY(16) NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE users
  ADD KEY users_by_display_name (display_name);
