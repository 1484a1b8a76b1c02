-- Messages that disappear, that make no sound, that wait for their time, and that ask.

-- How long what is posted stands; NULL: for good.
ALTER TABLE chats ADD COLUMN message_lifetime_seconds INT UNSIGNED NULL;

ALTER TABLE messages
  ADD COLUMN expires_at DATETIME(3) NULL;

-- What is to be taken back, and when; written with the message where its chat has a lifetime.
CREATE TABLE IF NOT EXISTS expiring_messages (
  expires_at DATETIME(3)     NOT NULL,
  chat_id    BINARY(16)      NOT NULL,
  position   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (expires_at, chat_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
