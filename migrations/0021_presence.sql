-- How a person wants to be seen, and when they were last there.

ALTER TABLE users
  -- What they chose, as in their settings; NULL: automatic. Read where receipts and presence are told.
  ADD COLUMN presence_choice VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- From then on it is automatic again; NULL: until they choose otherwise.
  ADD COLUMN presence_until DATETIME(3) NULL,
  -- The person's revision at that choice: of two, the later counts.
  ADD COLUMN presence_revision BIGINT UNSIGNED NOT NULL DEFAULT 0;

-- What others are told of a member's cursors. They stand still while the person is invisible.
ALTER TABLE members
  ADD COLUMN shown_read_position      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN shown_delivered_position BIGINT UNSIGNED NOT NULL DEFAULT 0;

UPDATE members SET shown_read_position = read_position, shown_delivered_position = delivered_position;

-- To the minute. Apart from users, so that the crowd that comes and goes locks no rows of people.
CREATE TABLE IF NOT EXISTS last_seen (
  user_id BINARY(16)  NOT NULL PRIMARY KEY,
  seen_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
