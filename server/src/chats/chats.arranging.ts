import type { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { PersonChanges } from '@dialog/shared/chats';
import { PINNED_MAX, type ChatPlace, type Draft } from '@dialog/shared/chats.values';
import type { RouteInput } from '@dialog/shared/contract/routes';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import { AppError } from '../platform/appError.ts';
import { seal, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { Arrangement, ArrangingRepository, StoredDraft, StoredPlace } from './chats.arranging.repository.ts';
import type { ChatKeys } from './chats.keys.ts';
import type { PersonAct, PersonActs } from './chats.persons.ts';
import { pinnedBelow } from './chats.pins.ts';

export type { StoredPlace } from './chats.arranging.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: ArrangingRepository;
  readonly keys: Pick<ChatKeys, 'hold' | 'stored'>;
  readonly changePerson: PersonActs;
  readonly now: () => Date;
}

interface Whose {
  readonly userId: UserId;
  readonly chatId: ChatId;
}

type Wanted = RouteInput<typeof arrangingRoutes.arrangeChat>['body'];
type Written = RouteInput<typeof arrangingRoutes.saveDraft>['body'];

export type Arranging = ReturnType<typeof createArranging>;

/** How a person keeps the chats of their list: their own state, which no one else is told of. */
export function createArranging({ db, repository, keys, changePerson, now }: Deps) {
  /** @throws chat-not-found unless this person is in the chat now. */
  async function requireHead({ tx }: PersonAct, { userId, chatId }: Whose): Promise<number> {
    const head = (await repository.headsOf(tx, userId, [chatId])).get(chatId);
    if (head === undefined) throw new AppError('chat-not-found', 'not a member');
    return head;
  }

  async function storedDraft(whose: Whose): Promise<Draft | null> {
    const draft = await repository.draftOf(db, whose);
    return openDraft((await keys.stored(db, [whose.chatId])).get(whose.chatId) ?? null, whose, draft);
  }

  /** The places in the row of pinned chats that this makes new. */
  async function pinned({ tx }: PersonAct, { userId, chatId }: Whose, pin: Wanted['pin']) {
    if (!pin) return new Map<ChatId, number | null>(pin === null ? [[chatId, null]] : []);
    const pins = await repository.pinsOf(tx, userId);
    const isNew = pins.every((one) => one.chatId !== chatId);
    if (isNew && pins.length >= PINNED_MAX) throw new AppError('limit-reached', 'too many are pinned');
    return pinnedBelow(pins, chatId, pin.below);
  }

  function muted(until: Wanted['mutedUntil']): Arrangement {
    if (until === undefined) return {};
    // A moment that has passed mutes nothing.
    return { mutedUntil: until !== null && new Date(until) > now() ? new Date(until) : null };
  }

  function archived(at: Wanted['archivedAt'], head: number): Arrangement {
    if (at === undefined) return {};
    return { archivedAt: at === null ? null : Math.min(at, head) };
  }

  return {
    arrangeChat(whose: Whose, wanted: Wanted): Promise<PersonChanges> {
      const { userId, chatId } = whose;
      const { pin, mutedUntil, archivedAt, ...rest } = wanted;
      return changePerson(userId, async (act) => {
        const head = await requireHead(act, whose);
        const orders = await pinned(act, whose, pin);
        await repository.save(act.tx, whose, { ...rest, ...muted(mutedUntil), ...archived(archivedAt, head) });
        for (const [id, pinOrder] of orders) {
          // oxlint-disable-next-line no-await-in-loop -- one connection; almost always it is one
          await repository.save(act.tx, { userId, chatId: id }, { pinOrder });
        }
        return { chatIds: [...new Set([chatId, ...orders.keys()])] };
      });
    },

    /** Of two devices the later words stand, whichever of them reaches the server first. */
    async saveDraft(whose: Whose, { text, agoMs }: Written): Promise<{ draft: Draft | null; revision: number }> {
      const writtenAt = new Date(now().getTime() - agoMs);
      const { chats, revision } = await changePerson(whose.userId, async (act) => {
        await requireHead(act, whose);
        // Held: whoever clears the chat seals anew what was stored before, and not what comes after.
        const key = await keys.hold(act.tx, whose.chatId);
        if (!key) throw new AppError('chat-not-found', 'no key');
        const earlier = await repository.draftOf(act.tx, whose);
        if (earlier && earlier.writtenAt > writtenAt) return null;
        const body = text === '' ? null : seal(key, text, draftContext(whose));
        await repository.save(act.tx, whose, { draft: { body, writtenAt } });
        return { chatIds: [whose.chatId] };
      });
      const [saved] = chats;
      return { draft: saved ? saved.place.draft : await storedDraft(whose), revision };
    },
  };
}

/** A place as it travels. A draft that does not open is shown as none. */
export function toPlace(whose: Whose, place: StoredPlace, key: SealingKey | null): ChatPlace {
  const { revision, pinOrder, archivedAt, mutedUntil, level, isMarkedUnread, clearedPosition } = place;
  return {
    revision,
    pinOrder,
    archivedAt,
    mutedUntil: mutedUntil && mutedUntil.toISOString(),
    level,
    isMarkedUnread,
    draft: openDraft(key, whose, place.draft),
    ...(clearedPosition > 0 ? { clearedPosition } : {}),
  };
}

function openDraft(key: SealingKey | null, whose: Whose, draft: StoredDraft | null): Draft | null {
  if (!key || !draft?.body) return null;
  try {
    const text = unseal(key, draft.body, draftContext(whose)).toString('utf8');
    return { text, writtenAt: draft.writtenAt.toISOString() };
  } catch {
    return null;
  }
}

/** A draft is bound to its chat and its writer. */
export function draftContext({ userId, chatId }: Whose): Buffer {
  return Buffer.concat([toBytes(chatId), toBytes(userId)]);
}
