-- Messages that disappear, that make no sound, that wait for their time, and that ask.

-- How long what is posted stands; NULL: for good.
ALTER TABLE chats ADD COLUMN message_lifetime_seconds INT UNSIGNED NULL;

ALTER TABLE messages
  ADD COLUMN expires_at DATETIME(3) NULL,
  ADD COLUMN is_silent BOOLEAN NOT NULL DEFAULT FALSE;

-- What is to be taken back, and when; written with the message where its chat has a lifetime.
CREATE TABLE IF NOT EXISTS expiring_messages (
  expires_at DATETIME(3)     NOT NULL,
  chat_id    BINARY(16)      NOT NULL,
  position   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (expires_at, chat_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Messages that are posted when their time comes, each under the id it keeps for ever.
CREATE TABLE IF NOT EXISTS scheduled_messages (
  id          BINARY(16)       NOT NULL PRIMARY KEY,
  chat_id     BINARY(16)       NOT NULL,
  sender_id   BINARY(16)       NOT NULL,
  -- The text, sealed as it will be in the message.
  body        VARBINARY(20000) NOT NULL,
  reply_to    BIGINT UNSIGNED  NULL,
  is_silent   BOOLEAN          NOT NULL DEFAULT FALSE,
  send_at     DATETIME(3)      NOT NULL,
  -- Somebody is posting it; should they die, others may from then on.
  taken_until DATETIME(3)      NULL,
  KEY scheduled_by_time (send_at),
  KEY scheduled_by_sender (sender_id, chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How a poll stands, as it travels (JSON).
ALTER TABLE messages ADD COLUMN poll VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NULL;

CREATE TABLE IF NOT EXISTS poll_votes (
  chat_id      BINARY(16)       NOT NULL,
  position     BIGINT UNSIGNED  NOT NULL,
  user_id      BINARY(16)       NOT NULL,
  option_index TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (chat_id, position, user_id, option_index),
  KEY poll_votes_by_option (chat_id, position, option_index, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What the person has voted for (JSON); NULL: nothing.
ALTER TABLE message_marks ADD COLUMN votes VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL;
