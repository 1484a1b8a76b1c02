-- Since when one person alone is left in a call, because the others hung up. What is waited from then on is not talked.
ALTER TABLE calls
  ADD COLUMN alone_at DATETIME(3) NULL;
