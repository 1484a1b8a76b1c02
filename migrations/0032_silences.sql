-- What of somebody in a call those who keep order silenced, and when last, by this database's clock: a page that nobody
-- could tell finds it when it comes back. Goes with the call.
CREATE TABLE IF NOT EXISTS call_silences (
  call_id     BINARY(16)  NOT NULL,
  user_id     BINARY(16)  NOT NULL,
  -- microphone, camera, screen.
  source      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  silenced_at DATETIME(3) NOT NULL,
  PRIMARY KEY (call_id, user_id, source)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
