-- Web Push: which devices are pushed to, what each was told of, and what is on its way.

-- The server's own VAPID keys, of which there is one pair for all nodes; the private one sealed.
CREATE TABLE IF NOT EXISTS push_keys (
  id          TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  public_key  VARCHAR(100)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  private_key VARBINARY(200)   NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS push_subscriptions (
  id              BINARY(16)     NOT NULL PRIMARY KEY,
  user_id         BINARY(16)     NOT NULL,
  device_id       BINARY(16)     NOT NULL,
  -- It ends with this session, in the same transaction.
  session_id      BINARY(16)     NOT NULL,
  -- A browser has one subscription, whoever is signed in there.
  endpoint_hash   BINARY(32)     NOT NULL,
  -- Address and keys, sealed: who knows them can push to the device.
  body            VARBINARY(3000) NOT NULL,
  service         VARCHAR(255)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language        VARCHAR(40)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  saved_at        DATETIME(3)    NOT NULL,
  tried_at        DATETIME(3)    NULL,
  outcome         VARCHAR(20)    CHARACTER SET ascii COLLATE ascii_bin NULL,
  status          SMALLINT UNSIGNED NULL,
  failed_at       DATETIME(3)    NULL,
  failed_outcome  VARCHAR(20)    CHARACTER SET ascii COLLATE ascii_bin NULL,
  failed_status   SMALLINT UNSIGNED NULL,
  arrived_at      DATETIME(3)    NULL,
  shown_at        DATETIME(3)    NULL,
  test_id         BINARY(16)     NULL,
  test_arrived_at DATETIME(3)    NULL,
  test_shown_at   DATETIME(3)    NULL,
  UNIQUE KEY push_subscriptions_by_device (user_id, device_id),
  UNIQUE KEY push_subscriptions_by_endpoint (endpoint_hash),
  KEY push_subscriptions_by_session (session_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How far each device was told of a chat (thread 0) or of a thread: what is at or before it is never pushed there again.
CREATE TABLE IF NOT EXISTS push_marks (
  subscription_id BINARY(16)      NOT NULL,
  chat_id         BINARY(16)      NOT NULL,
  thread          BIGINT UNSIGNED NOT NULL,
  user_id         BINARY(16)      NOT NULL,
  position        BIGINT UNSIGNED NOT NULL,
  pushed_at       DATETIME(3)     NOT NULL,
  -- It may be on screen there.
  is_shown        BOOLEAN         NOT NULL,
  -- When it is to be taken off the screen, and up to where.
  withdraw_at     DATETIME(3)     NULL,
  withdraw_until  BIGINT UNSIGNED NULL,
  PRIMARY KEY (subscription_id, chat_id, thread),
  KEY push_marks_by_person (user_id, chat_id, thread),
  KEY push_marks_by_chat (chat_id),
  KEY push_marks_by_withdrawal (withdraw_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What somebody is to be told of, once their rules were asked at that moment. One row for all that is new in one place.
CREATE TABLE IF NOT EXISTS push_due (
  user_id        BINARY(16)      NOT NULL,
  chat_id        BINARY(16)      NOT NULL,
  thread         BIGINT UNSIGNED NOT NULL,
  -- What came first of it, and what last.
  from_position  BIGINT UNSIGNED NOT NULL,
  until_position BIGINT UNSIGNED NOT NULL,
  due_at         DATETIME(3)     NOT NULL,
  PRIMARY KEY (user_id, chat_id, thread),
  KEY push_due_by_time (due_at),
  KEY push_due_by_chat (chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One push to one device: on its way while it has a body, then kept for a day so that its arrival finds it.
CREATE TABLE IF NOT EXISTS push_deliveries (
  id              BINARY(16)      NOT NULL PRIMARY KEY,
  subscription_id BINARY(16)      NOT NULL,
  -- What it tells of: no device is told twice of the same.
  event_key       BINARY(32)      NOT NULL,
  token_hash      BINARY(32)      NOT NULL,
  service         VARCHAR(255)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Encrypted for the device; this server cannot read it either.
  body            VARBINARY(4096) NULL,
  urgency         VARCHAR(10)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic           VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  chat_id         BINARY(16)      NULL,
  thread          BIGINT UNSIGNED NULL,
  position        BIGINT UNSIGNED NULL,
  test_id         BINARY(16)      NULL,
  attempts        INT UNSIGNED    NOT NULL DEFAULT 0,
  -- NULL: done with.
  run_after       DATETIME(3)     NULL,
  expires_at      DATETIME(3)     NOT NULL,
  made_at         DATETIME(3)     NOT NULL,
  UNIQUE KEY push_deliveries_by_event (subscription_id, event_key),
  UNIQUE KEY push_deliveries_by_token (token_hash),
  KEY push_deliveries_by_time (run_after),
  KEY push_deliveries_by_age (made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- NULL: as the person's settings say.
ALTER TABLE places MODIFY COLUMN notification_level VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL DEFAULT NULL;

UPDATE places SET notification_level = NULL WHERE notification_level = 'all';
