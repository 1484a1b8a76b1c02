-- How a person keeps a chat in their own list, and their folders. Nobody else's business (docs/glossary.md: place).
-- Apart from `members`, which every message locks: a row is here only once something was arranged, and goes with the membership.

CREATE TABLE IF NOT EXISTS places (
  user_id            BINARY(16)      NOT NULL,
  chat_id            BINARY(16)      NOT NULL,
  -- The smallest first; NULL: not pinned.
  pin_order          INT             NULL,
  -- Archived up to this position; a later message brings the chat back, unless it is muted.
  archived_at        BIGINT UNSIGNED NULL,
  muted_until        DATETIME(3)     NULL,
  notification_level VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'all',
  is_marked_unread   BOOLEAN         NOT NULL DEFAULT FALSE,
  -- Under the chat's key. NULL with a time beside it: emptied then, so that older words do not come back.
  draft              BLOB            NULL,
  drafted_at         DATETIME(3)     NULL,
  PRIMARY KEY (user_id, chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A person's folders, as one sealed list: it is short, read whole and told whole.
CREATE TABLE IF NOT EXISTS folder_lists (
  user_id  BINARY(16)      NOT NULL PRIMARY KEY,
  -- The person's revision when it last changed.
  revision BIGINT UNSIGNED NOT NULL,
  body     MEDIUMBLOB      NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
