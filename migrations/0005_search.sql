-- Where words stand (docs/adr/0021). No words: tokens, made with the server's key and the chat's.

-- For one chat, 1,024 positions of it and one token: which of these messages have it, and when they were posted.
CREATE TABLE IF NOT EXISTS search_postings (
  -- chat id (16 bytes), block = position >> 10 (4), token (6): in one column, so that a list of them is one range scan.
  entry BINARY(26)      NOT NULL PRIMARY KEY,
  -- 6 bytes each: position within the block (2), seconds since 1970 (4). In the order of indexing.
  places VARBINARY(7000) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The blocks of each chat and the time they span, so that a search begins with the newest.
CREATE TABLE IF NOT EXISTS search_blocks (
  chat_id BINARY(16)   NOT NULL,
  block   INT UNSIGNED NOT NULL,
  -- Seconds since 1970.
  oldest  INT UNSIGNED NOT NULL,
  newest  INT UNSIGNED NOT NULL,
  PRIMARY KEY (chat_id, block)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How far each chat is indexed; its row is also the lock under which it is.
CREATE TABLE IF NOT EXISTS search_heads (
  chat_id  BINARY(16)      NOT NULL PRIMARY KEY,
  revision BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
