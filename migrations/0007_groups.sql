-- What a group says of itself, who may write in it and how often.

ALTER TABLE chats
  -- Sealed, as the title is.
  ADD COLUMN description VARBINARY(2100) NULL,
  ADD COLUMN is_announcement_only BOOLEAN NOT NULL DEFAULT FALSE,
  -- Between two messages of one plain member; 0: as often as they like.
  ADD COLUMN slow_mode_seconds INT UNSIGNED NOT NULL DEFAULT 0;

ALTER TABLE members
  -- Written down only where slow mode is on.
  ADD COLUMN last_posted_at DATETIME(3) NULL;

-- Who may not come in again, in whatever way, until it is lifted.
CREATE TABLE IF NOT EXISTS bans (
  chat_id   BINARY(16)  NOT NULL,
  user_id   BINARY(16)  NOT NULL,
  banned_by BINARY(16)  NOT NULL,
  banned_at DATETIME(3) NOT NULL,
  PRIMARY KEY (chat_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
