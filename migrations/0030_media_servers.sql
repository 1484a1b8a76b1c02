-- Several media servers, and who was shown out of a call.

-- Where the call is; NULL: nowhere yet, or begun when there was one media server.
ALTER TABLE calls ADD COLUMN media_server VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- The rooms that a call left when their media server died. What is still in one belongs nowhere.
CREATE TABLE IF NOT EXISTS call_moves (
  room_name    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  call_id      BINARY(16)  NOT NULL,
  media_server VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  moved_at     DATETIME(3) NOT NULL,
  KEY call_moves_by_call (call_id, moved_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Removed from a call by a moderator: on none of their devices do they come back into this one.
CREATE TABLE IF NOT EXISTS call_removals (
  call_id    BINARY(16)  NOT NULL,
  user_id    BINARY(16)  NOT NULL,
  removed_by BINARY(16)  NOT NULL,
  removed_at DATETIME(3) NOT NULL,
  PRIMARY KEY (call_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
