-- A person's share counts what lies in the storage, not only what they sent: a small picture can be made into large ones.

ALTER TABLE attachments
  -- Of the copies that the server made of it; what was stored before counts as none.
  ADD COLUMN made_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY attachments_by_share (uploader_id, size, made_bytes);

-- The largest message there is: 4,000 characters of three bytes, and ten files with names of 200 characters of four.
ALTER TABLE messages MODIFY COLUMN body VARBINARY(40000) NOT NULL;

ALTER TABLE message_versions MODIFY COLUMN body VARBINARY(40000) NOT NULL;

ALTER TABLE scheduled_messages MODIFY COLUMN body VARBINARY(40000) NOT NULL;
