-- Files of scheduled messages are attachments in the state 'held': in no tray, in no message, and not swept.

ALTER TABLE scheduled_messages
  -- As in `messages`: words alone, or words with files.
  ADD COLUMN kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'text',
  -- Its time came and it was refused: the reason. NULL: it waits for its time.
  ADD COLUMN failure VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL;
