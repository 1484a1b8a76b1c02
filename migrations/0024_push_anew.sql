-- What a push stands for, so that it is decided anew when that is not so any more before its service has taken it.
ALTER TABLE push_deliveries
  -- How far its device was told before it, and what came first of what it tells.
  ADD COLUMN after_position BIGINT UNSIGNED NULL,
  ADD COLUMN from_position  BIGINT UNSIGNED NULL,
  -- The chat's, as of which it was made.
  ADD COLUMN chat_revision  BIGINT UNSIGNED NULL,
  -- It is being tried, or was without an answer: nobody knows whether the service has it.
  ADD COLUMN may_have_come  BOOLEAN NOT NULL DEFAULT FALSE,
  ADD KEY push_deliveries_by_chat (chat_id, run_after);

-- How far a device was told long ago nobody asks any more.
ALTER TABLE push_marks
  ADD KEY push_marks_by_age (pushed_at);

-- Sessions that run out without anybody ending them.
ALTER TABLE sessions
  ADD KEY sessions_by_running_out (revoked_at, last_seen_at, created_at);
