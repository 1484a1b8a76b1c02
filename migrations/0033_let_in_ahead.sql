-- Since when a device counts as in its call. NULL: it was let in ahead of time, and may never come.
ALTER TABLE call_devices
  MODIFY joined_at DATETIME(3) NULL;
