-- Calls between two devices themselves: `direct`, until they move to the media server (`sfu`), once.
ALTER TABLE calls
  ADD COLUMN way VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'sfu';

-- The same, where everybody in the chat reads it.
ALTER TABLE chats
  ADD COLUMN call_way VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'sfu';

-- Of a device that came into a direct call: by which of its tries. A later one takes its place.
ALTER TABLE call_devices
  ADD COLUMN entry_id BINARY(16) NULL;
