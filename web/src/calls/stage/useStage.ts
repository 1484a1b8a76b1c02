import { useStore } from 'zustand';
import { systemClock } from '../../platform/clock.ts';
import { keep, kept } from '../../platform/keepsakes.ts';
import type { Calls } from '../calls.ts';
import type { OwnCall } from '../own/ownCall.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { createReactions, type Reactions } from './reactions.ts';
import { createStage, type Stage, type StageState } from './stage.ts';
import { createTalking } from './talking.ts';

interface StageParts {
  readonly stage: Stage;
  readonly reactions: Reactions;
  readonly talking: ReturnType<typeof createTalking>;
}

const known = new WeakMap<OwnCall, StageParts>();

/** One for each signed-in person, made when they come near a call (no first screen needs it), and gone with them. */
function partsOf(calls: Calls): StageParts {
  const parts = known.get(calls.own) ?? makeParts(calls);
  known.set(calls.own, parts);
  return parts;
}

function makeParts({ own, people }: Calls): StageParts {
  const peopleNow = (): readonly Participant[] => own.store.getState().active?.people ?? [];
  const stage = createStage({
    own,
    clock: systemClock,
    kept: () => kept('call-view'),
    keep: (choice) => keep('call-view', choice),
  });
  return {
    stage,
    talking: createTalking({ own: own.store, people: people.store }),
    reactions: createReactions({
      tell: own.tell,
      onTold: own.onTold,
      me: () => peopleNow().find((one) => one.isMe)?.identity,
      clock: systemClock,
    }),
  };
}

export function useStage(): Stage {
  return partsOf(useCalls()).stage;
}

export function useStageState<T>(select: (state: StageState) => T): T {
  return useStore(useStage().store, select);
}

/** Since when there is somebody to talk to (talking.ts). */
export function useTalkingSince(): string | null {
  return useStore(partsOf(useCalls()).talking);
}

export function useReactions(): Reactions {
  return partsOf(useCalls()).reactions;
}

/** Renders for this one only; undefined when they have just left. */
export function useParticipant(identity: string): Participant | undefined {
  return useActive(({ people }) => people.find((one) => one.identity === identity));
}
