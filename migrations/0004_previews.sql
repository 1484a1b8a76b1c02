-- Previews of links. What a page said is kept for a day under a key derived from the master key, by a keyed hash of its
-- address: the table alone tells nobody which pages people send each other. A NULL body: the page gave nothing.

CREATE TABLE IF NOT EXISTS link_previews (
  url_key    BINARY(32)  NOT NULL PRIMARY KEY,
  body       MEDIUMBLOB  NULL,
  fetched_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY link_previews_by_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A message's own copy of the picture, under its chat's key: it lives and dies with the message, and with the chat's key.
CREATE TABLE IF NOT EXISTS preview_pictures (
  id       BINARY(16)      NOT NULL PRIMARY KEY,
  chat_id  BINARY(16)      NOT NULL,
  position BIGINT UNSIGNED NOT NULL,
  body     MEDIUMBLOB      NOT NULL,
  KEY preview_pictures_by_message (chat_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE messages
  -- What the message shows of the address in it, sealed as its words are; or that its sender does not want that shown.
  ADD COLUMN preview VARBINARY(8000) NULL;
