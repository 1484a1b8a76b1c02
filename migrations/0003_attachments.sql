-- Files in chats. Their bytes lie in the file storage under keys made from the chat's (docs/adr/0006).

CREATE TABLE IF NOT EXISTS attachments (
  -- Made by the uploader.
  id          BINARY(16)      NOT NULL PRIMARY KEY,
  chat_id     BINARY(16)      NOT NULL,
  uploader_id BINARY(16)      NOT NULL,
  -- 'uploading', 'ready' (can be posted), 'attached' (a message holds it).
  state       VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind        VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- By content; empty while uploading.
  mime        VARCHAR(100)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size        BIGINT UNSIGNED NOT NULL,
  received    BIGINT UNSIGNED NOT NULL,
  name        VARBINARY(1000) NOT NULL,
  -- Sides, length, placeholder and the like, as JSON under the chat's key.
  facts       VARBINARY(2000) NOT NULL,
  -- Of the message that holds it.
  position    BIGINT UNSIGNED NULL,
  attached_at DATETIME(3)     NULL,
  -- Which request is writing it, on any node, and until when unless it says so again.
  held_by     BINARY(16)      NULL,
  held_until  DATETIME(3)     NULL,
  created_at  DATETIME(3)     NOT NULL,
  KEY attachments_by_kind (chat_id, kind, position),
  KEY attachments_by_position (chat_id, position),
  KEY attachments_by_age (state, created_at),
  KEY attachments_by_uploader (uploader_id, size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
