-- The picture of a group: two sides of it, made anew by the server and sealed under the chat's key. Rows and not files:
-- small, read whole, and gone in the transaction that puts another in their place (docs/adr/0027).

CREATE TABLE IF NOT EXISTS group_pictures (
  id      BINARY(16) NOT NULL PRIMARY KEY,
  chat_id BINARY(16) NOT NULL,
  large   MEDIUMBLOB NOT NULL,
  small   MEDIUMBLOB NOT NULL,
  -- A chat has one at most.
  UNIQUE KEY group_pictures_by_chat (chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE chats
  -- Which it is, so that a list of chats needs no second query. NULL: none.
  ADD COLUMN picture_id BINARY(16) NULL;
