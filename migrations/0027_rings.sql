-- Who was asked into which call and what came of it, for each of them: the history of calls. Rings themselves live in
-- Redis, with a deadline (ADR 35).
CREATE TABLE IF NOT EXISTS call_people (
  call_id    BINARY(16)  NOT NULL,
  user_id    BINARY(16)  NOT NULL,
  chat_id    BINARY(16)  NOT NULL,
  -- The call's: a person's calls are read by it.
  started_at DATETIME(3) NOT NULL,
  -- called (they did it), asked, answered, declined, missed.
  outcome    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (call_id, user_id),
  KEY call_people_by_person (user_id, started_at, call_id),
  KEY call_people_by_chat (chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE calls
  ADD COLUMN is_video BOOLEAN NOT NULL DEFAULT TRUE;

-- When the first of those who were called came in.
ALTER TABLE calls
  ADD COLUMN answered_at DATETIME(3) NULL;

-- finished, missed, declined, cancelled; NULL while it goes on, and in those that ended before this was kept.
ALTER TABLE calls
  ADD COLUMN outcome VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL;
