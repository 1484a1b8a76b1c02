import { mentionsIn, splitMentions } from '@dialog/shared/mentions';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mayHoldMarkup } from '../markup/mayHoldMarkup.ts';
import type { PlainWords } from '../markup/plainText.ts';
import { plainTextLate } from '../markup/plainText.late.ts';
import { useLate } from '../platform/late.ts';
import { useNames } from './useNames.ts';

/** A message in words alone, for previews and for what is read out: no marks, names instead of ids, spoilers hidden. */
export function usePlainText(text: string): string {
  const { t } = useTranslation('chats');
  const isMarked = mayHoldMarkup(text);
  const late = useLate(plainTextLate, isMarked);
  const nameOf = useNames(useMemo(() => mentionsIn(text).userIds, [text]));
  if (!isMarked) return text;
  const words = { nameOf, everyone: t('everyone'), spoiler: t('spoiler') };
  return late ? late.plainTextOf(text, words) : withNames(text, words);
}

/** Until the parser is there, at least nobody is shown an id. */
function withNames(text: string, { nameOf, everyone }: PlainWords): string {
  return splitMentions(text)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      return `@${part.kind === 'person' ? nameOf(part.userId) : everyone}`;
    })
    .join('');
}
