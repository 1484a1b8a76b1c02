-- Who is called by name in which message, so that a chat in a list can say so without opening texts.

CREATE TABLE IF NOT EXISTS mentions (
  chat_id   BINARY(16)      NOT NULL,
  -- All zeros: everyone.
  user_id   BINARY(16)      NOT NULL,
  position  BIGINT UNSIGNED NOT NULL,
  sender_id BINARY(16)      NOT NULL,
  PRIMARY KEY (chat_id, user_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
