-- Whether the call going on in a chat is sealed from end to end. Keys are never here.
ALTER TABLE chats
  ADD COLUMN call_is_sealed BOOLEAN NOT NULL DEFAULT FALSE;
