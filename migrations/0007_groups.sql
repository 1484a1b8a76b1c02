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

-- Links by which people come into a group by themselves.
CREATE TABLE IF NOT EXISTS invites (
  id             BINARY(16)     NOT NULL PRIMARY KEY,
  chat_id        BINARY(16)     NOT NULL,
  code_hash      BINARY(32)     NOT NULL,
  -- Under the chat's key: its owners and admins can copy it again.
  code           VARBINARY(100) NOT NULL,
  made_by        BINARY(16)     NOT NULL,
  made_at        DATETIME(3)    NOT NULL,
  expires_at     DATETIME(3)    NULL,
  uses_max       INT UNSIGNED   NULL,
  uses           INT UNSIGNED   NOT NULL DEFAULT 0,
  needs_approval BOOLEAN        NOT NULL,
  UNIQUE KEY invites_by_code (code_hash),
  KEY invites_by_chat (chat_id, made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Who came by a link that needs approval, and waits for it.
CREATE TABLE IF NOT EXISTS join_requests (
  chat_id  BINARY(16)  NOT NULL,
  user_id  BINARY(16)  NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  PRIMARY KEY (chat_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
