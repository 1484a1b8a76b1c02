import { useMemo } from 'react';
import { createPollActions, type PollActions } from './messages.polls.ts';
import { useMessages } from './useMessages.ts';

/** Comes with the first poll. */
export function usePolls(): PollActions {
  const { wire, sync } = useMessages();
  return useMemo(() => createPollActions(wire.call, sync), [wire, sync]);
}
