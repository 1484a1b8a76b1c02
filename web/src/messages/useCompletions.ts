import type { ChatId } from '@dialog/shared/contract/values';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChats } from '../chats/useChats.ts';
import { matchingOwn, useOwnEmoji } from '../emoji/ownEmoji.ts';
import { matchingShortcodes, shortcodesLate } from '../emoji/shortcodes.ts';
import { useRecentEmoji } from '../emoji/useRecentEmoji.ts';
import { useLate } from '../platform/late.ts';
import { type Completion, completionAt } from './completion.ts';
import { type Option, OPTIONS_MAX, personOptions, writtenAs } from './completionOptions.ts';
import { editField } from './fieldEdit.ts';
import type { Mentionable } from './mentionText.ts';
import { useMentionable } from './useMentionable.ts';

export interface Completions {
  readonly mentionable: Mentionable;
  readonly listId: string;
  readonly optionId: (index: number) => string;
  /** Empty: nothing is offered. */
  readonly options: readonly Option[];
  readonly active: number;
  pick(option: Option): void;
  /** Whether the key was for the list. */
  takesKey(event: KeyboardEvent): boolean;
  /** Where the cursor stands now; null when it is elsewhere or something is selected. */
  setCursor(cursor: number | null): void;
}

interface CompletionsInput {
  readonly chatId: ChatId;
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What may become of the name or shortcode at the cursor. */
export function useCompletions({ chatId, text, field }: CompletionsInput): Completions {
  const listId = useId();
  const recent = useRecentEmoji();
  const [cursor, setCursor] = useState<number | null>(null);
  const [pointed, setPointed] = useState({ query: '', index: 0 });
  const [dismissed, setDismissed] = useState<number>();
  const completion = cursor === null ? undefined : completionAt(text, cursor);
  const people = useMentionable(chatId, completion?.kind === 'person' ? completion.query : undefined);
  const found = useOptions(completion, people);
  const isOpen = completion !== undefined && completion.from !== dismissed;
  const options = isOpen ? found : [];
  // Another word begins at the top again.
  const active = Math.min(pointed.query === completion?.query ? pointed.index : 0, Math.max(0, options.length - 1));

  function point(index: number): void {
    setPointed({ query: completion?.query ?? '', index: (index + options.length) % options.length });
  }

  function pick(option: Option): void {
    if (!field.current || !completion) return;
    editField(field.current, { from: completion.from, to: completion.to, text: writtenAs(option) });
    if (option.kind === 'emoji') recent.use(option.emoji);
  }

  function takesKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
    if (options.length === 0 || shiftKey || nativeEvent.isComposing || nativeEvent.keyCode === 229) return false;
    const option = options[active];
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => point(active + 1),
      ArrowUp: () => point(active - 1),
      Escape: () => setDismissed(completion?.from),
      Enter: () => option && pick(option),
      Tab: () => option && pick(option),
    };
    acts[key]?.();
    return acts[key] !== undefined;
  }

  return {
    mentionable: people,
    listId,
    optionId: (index) => `${listId}-${index}`,
    options,
    active,
    pick,
    takesKey,
    setCursor(next) {
      setCursor(next);
      if (next === null || completionAt(field.current?.value ?? '', next) === undefined) setDismissed(undefined);
    },
  };
}

function useOptions(
  completion: Completion | undefined,
  { users, hasEveryone }: ReturnType<typeof useMentionable>,
): readonly Option[] {
  const { t } = useTranslation('chats');
  const { me } = useChats();
  const own = useOwnEmoji();
  const shortcodes = useLate(shortcodesLate, completion?.kind === 'emoji');
  if (!completion) return [];
  const { kind, query } = completion;
  if (kind === 'person') return personOptions({ users, me, query, everyone: hasEveryone ? t('everyone') : undefined });
  const ofChat = matchingOwn(own, query, OPTIONS_MAX).map((emoji): Option => ({ kind: 'own', emoji }));
  const matching = shortcodes ? matchingShortcodes(shortcodes.SHORTCODES, query, OPTIONS_MAX) : [];
  const ofEveryone = matching.map((shortcode): Option => ({ kind: 'emoji', ...shortcode }));
  return [...ofChat, ...ofEveryone].slice(0, OPTIONS_MAX);
}
