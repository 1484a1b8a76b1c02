import { type ReactNode, useEffect, useState } from 'react';
import { playingTime } from '../../attachments/fileSize.ts';
import { useTalkingSince } from './useStage.ts';

const SECOND_MS = 1_000;

/** How long one has had somebody to talk to; nothing while one waits for them. */
export function Duration(): ReactNode {
  const since = useTalkingSince();
  return since && <Clock since={since} />;
}

/** How long since a moment, counted on each second. */
function Clock({ since }: { readonly since: string }): ReactNode {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    // Not read out each second: whoever wants to know looks here.
    <span role="timer" aria-live="off" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {playingTime(Math.max(0, now - Date.parse(since)))}
    </span>
  );
}
