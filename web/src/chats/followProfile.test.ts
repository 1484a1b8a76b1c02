import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ApiError } from '../platform/api.ts';
import { aUser } from '../testing/chatModel.ts';
import { followProfile, type ProfileAnswer, type ReadProfile } from './followProfile.ts';

const ADA = aUser(1, 'Ada');

/** A card that is open, and a server that answers when told to. */
function aCard() {
  const store = createStore(() => new Map([[ADA.id, ADA]]));
  const learned: string[] = [];
  const asked: { answer(description: string): void; fail(failure: unknown): void }[] = [];
  const heard: ProfileAnswer[] = [];
  const stop = followProfile(
    ADA.id,
    {
      read: () =>
        new Promise<ReadProfile>((resolve, reject) => {
          asked.push({
            answer: (description) => resolve({ profile: { user: ADA, description, status: null }, commonChatIds: [] }),
            fail: reject,
          });
        }),
      people: { store, learn: (users) => void learned.push(...users.map(({ displayName }) => displayName)) },
    },
    (answer) => heard.push(answer),
  );
  const shown = () => {
    const last = heard.at(-1);
    return last?.kind === 'found' ? last.read.profile.description : last?.kind;
  };
  const change = (): void => store.setState(new Map([[ADA.id, { ...ADA, profileRevision: 2 }]]), true);
  return { asked, heard, learned, shown, change, stop };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

test('only who is hidden or gone has no profile; that the server was not reached is a failure', async () => {
  const hidden = aCard();
  hidden.asked[0]?.fail(new ApiError('user-not-found'));
  await settled();
  expect(hidden.heard).toEqual([{ kind: 'none' }]);
  const away = aCard();
  const failure = new ApiError('offline');
  away.asked[0]?.fail(failure);
  await settled();
  expect(away.heard).toEqual([{ kind: 'failed', failure }]);
});

test('who changed is asked for again, and what an earlier question brings later is not shown', async () => {
  const card = aCard();
  card.change();
  card.asked[1]?.answer('new');
  await settled();
  card.asked[0]?.answer('old');
  await settled();
  expect(card.shown()).toBe('new');
  expect(card.learned).toEqual(['Ada']);
});

test('a card that was closed hears nothing more', async () => {
  const card = aCard();
  card.stop();
  card.change();
  card.asked[0]?.answer('late');
  await settled();
  expect([card.heard, card.asked.length]).toEqual([[], 1]);
});
