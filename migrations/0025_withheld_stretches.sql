-- What was said to somebody while they blocked its writer, as stretches of positions: one for each block, which is one
-- epoch of the direct chat. A cursor that moves past them later has neither received nor read what stands there.
CREATE TABLE IF NOT EXISTS withheld_stretches (
  chat_id        BINARY(16)      NOT NULL,
  -- Whoever blocked.
  user_id        BINARY(16)      NOT NULL,
  epoch          INT UNSIGNED    NOT NULL,
  from_position  BIGINT UNSIGNED NOT NULL,
  until_position BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (chat_id, user_id, epoch)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Whom somebody has blocked, without reading all they have to do with others: asked of everybody whose unread messages
-- are counted.
ALTER TABLE relations
  ADD KEY relations_by_block (user_id, is_blocked, other_id);
