-- Emoji that a group has made for itself. Name and pictures are sealed under the chat's key; rows and not files, as the
-- pictures of groups are (docs/adr/0027).

CREATE TABLE IF NOT EXISTS custom_emoji (
  -- Made by who added it.
  id      BINARY(16)     NOT NULL PRIMARY KEY,
  chat_id BINARY(16)     NOT NULL,
  name    VARBINARY(100) NOT NULL,
  still   MEDIUMBLOB     NOT NULL,
  -- Of what moves.
  moving  MEDIUMBLOB     NULL,
  made_by BINARY(16)     NOT NULL,
  made_at DATETIME(3)    NOT NULL,
  KEY custom_emoji_by_chat (chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE chats
  -- The chat's revision when its emoji last changed: who holds them as of then has them all. NULL: it never had any.
  ADD COLUMN emoji_revision BIGINT UNSIGNED NULL;
