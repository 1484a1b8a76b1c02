-- Threads on messages in groups. A column that is there already means that the step ran: migrate.ts takes it as done.

ALTER TABLE messages
  -- The position of the root, where this stands in a thread.
  ADD COLUMN thread BIGINT UNSIGNED NULL,
  -- What is said in the thread of this one, as it travels (JSON), and the position of its newest reply.
  ADD COLUMN replies VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN last_reply BIGINT UNSIGNED NULL,
  -- The conversation itself is one of its threads here: the one of NULL.
  ADD KEY messages_by_thread (chat_id, thread, position),
  ADD KEY messages_by_last_reply (chat_id, last_reply);

-- What one person has to do with the thread of a message; NULL: nothing yet.
ALTER TABLE message_marks
  ADD COLUMN follows_thread BOOLEAN NULL,
  ADD COLUMN thread_read_position BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY message_marks_by_thread (user_id, chat_id, follows_thread);

-- The thread in which somebody is called; the row goes when they have read so far.
ALTER TABLE mentions
  ADD COLUMN thread BIGINT UNSIGNED NULL,
  ADD KEY mentions_by_thread (chat_id, user_id, thread);
