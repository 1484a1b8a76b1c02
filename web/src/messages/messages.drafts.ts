import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import { DRAFT_TEXT_MAX } from '@dialog/shared/chats.values';
import { ChatId, Revision } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatSync } from '../chats/chats.sync.ts';
import { ApiError, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Storage } from '../platform/storage.ts';

interface Draft {
  readonly chatId: ChatId;
  readonly text: string;
  /** By the clock of this device. */
  readonly writtenAt: number;
  /** The server does not know these words yet; empty ones too are words to tell. */
  readonly isUnsaved: boolean;
  /** The person's revision of which the server's words were last known here. */
  readonly revision: number;
}

/** As this browser kept it. Older versions of the app kept the words alone. */
const KeptDraft = z.object({
  chatId: ChatId,
  text: z.string(),
  writtenAt: z.optional(z.number()),
  isUnsaved: z.optional(z.boolean()),
  revision: z.optional(Revision),
});

/** What the server holds, as of a revision of the person. */
type Standing = Pick<Draft, 'text' | 'revision'>;

/** What was begun in each chat and not sent. */
export type DraftTexts = ReadonlyMap<ChatId, string>;

export interface Drafts {
  readonly store: StoreApi<DraftTexts>;
  /** Kept here a moment after the last key, and on the server a little later. */
  write(chatId: ChatId, text: string): void;
  restore(): Promise<void>;
  /** Keeps and saves at once what is still on its way: the page may go, or the person to another device. */
  flush(): void;
  /** Keeps what is still on its way in this browser; the server hears of it at the next start. */
  stop(): void;
}

interface DraftsDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly call: Call;
  readonly chats: Pick<ChatSync, 'store' | 'onGone'>;
  readonly onConnected: (hear: () => void) => () => void;
}

const KEEP_AFTER_MS = 300;
const SAVE_AFTER_MS = 500;
const SAVE_EVERY_MS = 1_500;
const SAVE_AGAIN_AFTER_MS = 5_000;
/** Words from another device do not take the place of what was typed here so recently. */
const HANDS_OFF_MS = 5_000;
/** More than the server takes for an age; a device that slept as long has lost to all others anyway. */
const AGO_MAX_MS = 31_536_000_000;

/**
 * What is being written, in this browser and on the person's other devices. The server decides by the age of the words
 * which stand; this device tells it of its own, and takes over what it hears unless its own are still to be told.
 */
export function createDrafts({ storage, clock, call, chats, onConnected }: DraftsDeps): Drafts {
  const store = createStore<DraftTexts>(() => new Map());
  const drafts = new Map<ChatId, Draft>();
  const typedAt = new Map<ChatId, number>();
  const savedAt = new Map<ChatId, number>();
  const keeping = new Map<ChatId, () => void>();
  const saving = new Map<ChatId, () => void>();
  const hearing = new Map<ChatId, () => void>();
  const isAsking = new Set<ChatId>();
  let isRestored = false;

  const stops = [
    chats.store.subscribe(({ list }, before) => {
      if (list === before.list) return;
      for (const [chatId, { summary }] of list.chats)
        if (summary.place.draft !== before.list.chats.get(chatId)?.summary.place.draft) hear(chatId);
    }),
    chats.onGone(drop),
    onConnected(() => [...drafts.keys()].forEach((chatId) => void save(chatId))),
  ];

  return { store, write, restore, flush, stop };

  function write(chatId: ChatId, text: string): void {
    typedAt.set(chatId, clock.now());
    put({ chatId, text, writtenAt: clock.now(), isUnsaved: true, revision: drafts.get(chatId)?.revision ?? 0 });
    // What was sent, or taken back, should not stand on the other device any longer than it must.
    if (text === '') void save(chatId);
    else saveSoon(chatId, Math.max(SAVE_AFTER_MS, (savedAt.get(chatId) ?? 0) + SAVE_EVERY_MS - clock.now()));
  }

  function put(draft: Draft): void {
    const { chatId, text } = draft;
    drafts.set(chatId, draft);
    const texts = new Map(store.getState());
    if (text === '') texts.delete(chatId);
    else texts.set(chatId, text);
    if (text !== (store.getState().get(chatId) ?? '')) store.setState(texts, true);
    keepSoon(chatId);
  }

  function keepSoon(chatId: ChatId): void {
    keeping.get(chatId)?.();
    keeping.set(
      chatId,
      clock.after(KEEP_AFTER_MS, () => keep(chatId)),
    );
  }

  function keep(chatId: ChatId): void {
    keeping.delete(chatId);
    const draft = drafts.get(chatId);
    const isOver = !draft || (draft.text === '' && !draft.isUnsaved);
    const kept = isOver ? storage.remove('drafts', chatId) : storage.put('drafts', chatId, draft);
    // Without storage the draft lives as long as the page, and on the server.
    void kept.catch(() => undefined);
  }

  /** The first time that was set stands: whoever types on and on is saved all the while. */
  function saveSoon(chatId: ChatId, delayMs: number): void {
    if (saving.has(chatId)) return;
    saving.set(
      chatId,
      clock.after(delayMs, () => void save(chatId)),
    );
  }

  async function save(chatId: ChatId): Promise<void> {
    saving.get(chatId)?.();
    saving.delete(chatId);
    const draft = drafts.get(chatId);
    if (!isRestored || !draft?.isUnsaved || isAsking.has(chatId)) return;
    if (hasNothingToTell(draft)) return saved(draft);
    isAsking.add(chatId);
    savedAt.set(chatId, clock.now());
    const stands = await tell(draft).catch((failure: unknown) => saveAfter(failure, chatId));
    isAsking.delete(chatId);
    if (stands) settle(draft, stands);
  }

  /** Most messages are sent before their draft was ever saved: then there is nothing to take back. */
  function hasNothingToTell({ chatId, text }: Draft): boolean {
    return text === '' && standing(chatId).text === '' && !savedAt.has(chatId);
  }

  async function tell({ chatId, text, writtenAt }: Draft): Promise<Standing | undefined> {
    // What nobody could send stays on this device.
    if (text.length > DRAFT_TEXT_MAX) return undefined;
    const agoMs = Math.min(AGO_MAX_MS, Math.max(0, Math.round(clock.now() - writtenAt)));
    const { draft, revision } = await call(arrangingRoutes.saveDraft, { params: { chatId }, body: { text, agoMs } });
    return { text: draft?.text ?? '', revision };
  }

  /** Offline: the next connection saves. In a chat that is gone there is nothing to save. */
  function saveAfter(failure: unknown, chatId: ChatId): undefined {
    const code = failure instanceof ApiError ? failure.code : 'internal';
    if (code !== 'offline' && code !== 'chat-not-found') saveSoon(chatId, SAVE_AGAIN_AFTER_MS);
  }

  function settle(draft: Draft, stands: Standing): void {
    const { chatId } = draft;
    const latest = drafts.get(chatId);
    if (latest !== draft) {
      if (latest?.text === '') void save(chatId);
      else if (latest) saveSoon(chatId, SAVE_EVERY_MS);
      return;
    }
    if (draft.text === '') savedAt.delete(chatId);
    saved(draft);
    // These words, or later ones of another device.
    takeOver(chatId, stands);
    hear(chatId);
  }

  function saved(draft: Draft): void {
    put({ ...draft, isUnsaved: false });
  }

  /** What the server holds, as far as this device has heard in its list. */
  function standing(chatId: ChatId): Standing {
    const place = chats.store.getState().list.chats.get(chatId)?.summary.place;
    return { text: place?.draft?.text ?? '', revision: place?.revision ?? 0 };
  }

  function hear(chatId: ChatId): void {
    if (isRestored && !isAsking.has(chatId)) takeOver(chatId, standing(chatId));
  }

  function takeOver(chatId: ChatId, stands: Standing): void {
    const draft = drafts.get(chatId) ?? { text: '', isUnsaved: false, revision: 0 };
    if (draft.isUnsaved || stands.revision < draft.revision || (stands.text === '' && !drafts.has(chatId))) return;
    hearing.get(chatId)?.();
    hearing.delete(chatId);
    const taken = { chatId, ...stands, writtenAt: clock.now(), isUnsaved: false };
    const handsOffMs = (typedAt.get(chatId) ?? -HANDS_OFF_MS) + HANDS_OFF_MS - clock.now();
    if (stands.text === draft.text || handsOffMs <= 0) return put(taken);
    hearing.set(
      chatId,
      clock.after(handsOffMs, () => takeOver(chatId, stands)),
    );
  }

  async function restore(): Promise<void> {
    const kept = await storage.list('drafts', KeptDraft).catch(() => []);
    // What is written already wins over what was kept.
    for (const { chatId, text, writtenAt = 0, isUnsaved = true, revision = 0 } of kept)
      if (!drafts.has(chatId)) put({ chatId, text, writtenAt, isUnsaved, revision });
    isRestored = true;
    for (const chatId of chats.store.getState().list.chats.keys()) hear(chatId);
    for (const chatId of drafts.keys()) void save(chatId);
  }

  function drop(chatId: ChatId): void {
    saving.get(chatId)?.();
    saving.delete(chatId);
    typedAt.delete(chatId);
    if (drafts.has(chatId)) put({ chatId, text: '', writtenAt: 0, isUnsaved: false, revision: 0 });
    drafts.delete(chatId);
  }

  function flush(): void {
    keepAll();
    for (const chatId of saving.keys()) void save(chatId);
  }

  function keepAll(): void {
    for (const [chatId, cancel] of keeping) {
      cancel();
      keep(chatId);
    }
  }

  function stop(): void {
    keepAll();
    for (const end of [...stops, ...saving.values(), ...hearing.values()]) end();
  }
}
