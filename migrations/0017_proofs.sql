-- How people prove who they are: when a session last did, recovery codes, one-time codes, passkeys, and what they are
-- asked meanwhile.

ALTER TABLE sessions
  -- NULL: since the session began nobody has proved anything (a device that was let in by another one).
  ADD COLUMN confirmed_at DATETIME(3) NULL;
