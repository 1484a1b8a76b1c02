-- Accounts, sessions, chats, members, messages, calls, the outbox.
-- Ids are UUIDs in 16 bytes. What people wrote is AES-256-GCM under the chat's key (docs/adr/0006).
-- One statement per step, each safe to run again: DDL commits by itself.

CREATE TABLE IF NOT EXISTS users (
  id            BINARY(16)      NOT NULL PRIMARY KEY,
  user_name     VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name  VARCHAR(64)     NOT NULL,
  password_hash VARCHAR(255)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The person's revision: counts the changes of their own state (chat list, read cursors).
  revision      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  created_at    DATETIME(3)     NOT NULL,
  UNIQUE KEY users_by_name (user_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS sessions (
  id           BINARY(16)   NOT NULL PRIMARY KEY,
  user_id      BINARY(16)   NOT NULL,
  token_hash   BINARY(32)   NOT NULL,
  device       VARCHAR(100) NOT NULL,
  address      VARCHAR(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at   DATETIME(3)  NOT NULL,
  last_seen_at DATETIME(3)  NOT NULL,
  revoked_at   DATETIME(3)  NULL,
  UNIQUE KEY sessions_by_token (token_hash),
  KEY sessions_by_user (user_id, revoked_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS chats (
  id              BINARY(16)      NOT NULL PRIMARY KEY,
  kind            VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title           VARBINARY(600)  NULL,
  -- Both user ids, the smaller first: there is one direct chat of two people.
  direct_key      BINARY(32)      NULL,
  -- The chat's newest revision (R1).
  revision        BIGINT UNSIGNED NOT NULL DEFAULT 0,
  -- The revision at which this entity itself last changed (R2).
  own_revision    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  -- Part of the broadcast room's name; raised when someone leaves or is removed (R11).
  epoch           INT UNSIGNED    NOT NULL DEFAULT 0,
  last_position   BIGINT UNSIGNED NOT NULL DEFAULT 0,
  member_count    INT UNSIGNED    NOT NULL DEFAULT 0,
  call_id         BINARY(16)      NULL,
  call_started_by BINARY(16)      NULL,
  call_started_at DATETIME(3)     NULL,
  created_at      DATETIME(3)     NOT NULL,
  UNIQUE KEY chats_by_direct_key (direct_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Apart from the chat, so that destroying the key is deleting a row.
CREATE TABLE IF NOT EXISTS chat_keys (
  chat_id     BINARY(16)     NOT NULL PRIMARY KEY,
  wrapped_key VARBINARY(100) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS members (
  chat_id            BINARY(16)      NOT NULL,
  user_id            BINARY(16)      NOT NULL,
  -- NULL: has left or was removed (a tombstone, R2).
  role               VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  revision           BIGINT UNSIGNED NOT NULL,
  -- The person's revision at which this chat's place in their list last changed.
  person_revision    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  read_position      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  delivered_position BIGINT UNSIGNED NOT NULL DEFAULT 0,
  joined_at          DATETIME(3)     NOT NULL,
  PRIMARY KEY (chat_id, user_id),
  KEY members_by_user (user_id, person_revision),
  KEY members_by_revision (chat_id, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Clustered by the order in which history is read.
CREATE TABLE IF NOT EXISTS messages (
  chat_id   BINARY(16)      NOT NULL,
  position  BIGINT UNSIGNED NOT NULL,
  id        BINARY(16)      NOT NULL,
  sender_id BINARY(16)      NOT NULL,
  -- 'text' or 'system': unread counts must not decrypt.
  kind      VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body      VARBINARY(20000) NOT NULL,
  posted_at DATETIME(3)     NOT NULL,
  revision  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (chat_id, position),
  UNIQUE KEY messages_by_id (id),
  KEY messages_by_revision (chat_id, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS calls (
  id         BINARY(16)  NOT NULL PRIMARY KEY,
  chat_id    BINARY(16)  NOT NULL,
  -- Random: knowing a call's id does not name its room at the media server.
  room_name  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_by BINARY(16)  NOT NULL,
  started_at DATETIME(3) NOT NULL,
  ended_at   DATETIME(3) NULL,
  UNIQUE KEY calls_by_room (room_name),
  KEY calls_by_chat (chat_id),
  KEY calls_by_end (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Which session admitted which device: the gate asks whether that session still lives.
CREATE TABLE IF NOT EXISTS call_devices (
  call_id    BINARY(16)  NOT NULL,
  user_id    BINARY(16)  NOT NULL,
  device_id  BINARY(16)  NOT NULL,
  session_id BINARY(16)  NOT NULL,
  joined_at  DATETIME(3) NOT NULL,
  PRIMARY KEY (call_id, user_id, device_id),
  KEY call_devices_by_session (session_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What must follow a commit (R8).
CREATE TABLE IF NOT EXISTS outbox (
  id         BINARY(16)   NOT NULL PRIMARY KEY,
  topic      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload    TEXT         NOT NULL,
  attempts   INT UNSIGNED NOT NULL DEFAULT 0,
  run_after  DATETIME(3)  NOT NULL,
  KEY outbox_by_time (run_after)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS dead_letters (
  id      BINARY(16)  NOT NULL PRIMARY KEY,
  topic   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload TEXT        NOT NULL,
  reason  TEXT        NOT NULL,
  died_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
