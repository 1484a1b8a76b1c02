-- What people do to messages that stand: answers, edits, reactions, pins, stars, and taking back.
-- A column that is there already means that the step ran and was not written down: migrate.ts takes it as done.

ALTER TABLE messages
  -- The position of the message that this one answers.
  ADD COLUMN reply_to BIGINT UNSIGNED NULL,
  ADD COLUMN edited_at DATETIME(3) NULL,
  -- How many reacted with what, as it travels (JSON): a page of history needs no second query.
  ADD COLUMN reactions VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  ADD COLUMN is_pinned BOOLEAN NOT NULL DEFAULT FALSE;

-- What an edited message said before, sealed as the message is.
CREATE TABLE IF NOT EXISTS message_versions (
  chat_id    BINARY(16)       NOT NULL,
  position   BIGINT UNSIGNED  NOT NULL,
  -- The message's revision while it said so.
  revision   BIGINT UNSIGNED  NOT NULL,
  kind       VARCHAR(10)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body       VARBINARY(20000) NOT NULL,
  written_at DATETIME(3)      NOT NULL,
  PRIMARY KEY (chat_id, position, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS reactions (
  chat_id    BINARY(16)      NOT NULL,
  position   BIGINT UNSIGNED NOT NULL,
  user_id    BINARY(16)      NOT NULL,
  emoji      VARCHAR(40)     CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  reacted_at DATETIME(3)     NOT NULL,
  PRIMARY KEY (chat_id, position, emoji, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS pins (
  chat_id   BINARY(16)      NOT NULL,
  position  BIGINT UNSIGNED NOT NULL,
  -- The chat's revision when it was pinned.
  revision  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (chat_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What one person alone has to do with a message: starred, deleted for them, their own reactions (JSON).
CREATE TABLE IF NOT EXISTS message_marks (
  user_id          BINARY(16)      NOT NULL,
  chat_id          BINARY(16)      NOT NULL,
  position         BIGINT UNSIGNED NOT NULL,
  -- The person's revision when it was starred; orders the list. NULL: not starred.
  starred_revision BIGINT UNSIGNED NULL,
  is_hidden        BOOLEAN         NOT NULL DEFAULT FALSE,
  reactions        VARCHAR(1000)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '[]',
  -- The person's revision when this last changed.
  revision         BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (user_id, chat_id, position),
  KEY message_marks_by_revision (user_id, revision),
  KEY message_marks_by_star (user_id, starred_revision),
  KEY message_marks_by_chat (chat_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
