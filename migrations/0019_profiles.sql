-- Who people are to others. What they wrote is sealed under a key of its own, made from the master key.

ALTER TABLE users
  -- Which picture it is, so that a list of people needs no second query. NULL: none.
  ADD COLUMN avatar_id            BINARY(16)      NULL,
  ADD COLUMN description          VARBINARY(2100) NULL,
  -- A text with its emoji. Gone at that moment; NULL beside a status: never by itself.
  ADD COLUMN status               VARBINARY(600)  NULL,
  ADD COLUMN status_until         DATETIME(3)     NULL,
  -- The person's revision when their name or picture last changed, and when anything of their profile did.
  ADD COLUMN profile_revision     BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN own_profile_revision BIGINT UNSIGNED NOT NULL DEFAULT 0;

ALTER TABLE members
  -- Which of their profiles this chat was told: the walk after a change finds by it where it has not been.
  ADD COLUMN profile_revision BIGINT UNSIGNED NOT NULL DEFAULT 0;

-- Two sides of a picture, made anew by the server and sealed. Rows as those of groups (docs/adr/0027).
CREATE TABLE IF NOT EXISTS avatars (
  id      BINARY(16) NOT NULL PRIMARY KEY,
  user_id BINARY(16) NOT NULL,
  large   MEDIUMBLOB NOT NULL,
  small   MEDIUMBLOB NOT NULL,
  -- A person has one at most.
  UNIQUE KEY avatars_by_user (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Names that were given up: for a while they find their person, and nobody else gets them.
CREATE TABLE IF NOT EXISTS user_name_changes (
  user_id    BINARY(16)  NOT NULL,
  changed_at DATETIME(3) NOT NULL,
  old_name   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, changed_at),
  KEY user_name_changes_by_name (old_name, changed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
