-- What was cleared, for one person or for everyone: nothing at or before these positions is read any more, and a job removes it.

ALTER TABLE chats
  ADD COLUMN cleared_position BIGINT UNSIGNED NOT NULL DEFAULT 0,
  -- Of the key that seals now. A writer that finds another one under the chat's lock has sealed with a key that is gone.
  ADD COLUMN key_number INT UNSIGNED NOT NULL DEFAULT 1;

ALTER TABLE chat_keys ADD COLUMN number INT UNSIGNED NOT NULL DEFAULT 1;

ALTER TABLE members ADD COLUMN cleared_position BIGINT UNSIGNED NOT NULL DEFAULT 0;

-- What lives on when a chat is cleared is sealed anew: found by the chat.
ALTER TABLE places ADD KEY places_by_draft (chat_id, drafted_at);

ALTER TABLE scheduled_messages ADD KEY scheduled_by_chat (chat_id);

ALTER TABLE expiring_messages ADD KEY expiring_by_message (chat_id, position);
