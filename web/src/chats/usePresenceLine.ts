import type { Presence } from '@dialog/shared/presence';
import { useTranslation } from 'react-i18next';
import { daysAgo, dayOfYear, timeOfDay } from './times.ts';
import { useIsOver } from '../platform/useIsOver.ts';
import { useDay } from './useDay.ts';

/** How somebody is and what they say of themselves, in one line; nothing of whom nothing may be known. */
export function usePresenceLine(presence: Presence | undefined): string | undefined {
  const state = usePresenceText(presence);
  const status = presence?.status;
  // By the clock here: nobody tells when it is over.
  const isOver = useIsOver(status?.until);
  const said = status && !isOver ? [status.emoji, status.text].filter(Boolean).join(' ') : undefined;
  return [state, said].filter((part) => part !== undefined).join(' · ') || undefined;
}

/** How somebody is, in words; nothing of whom nothing may be known. */
export function usePresenceText(presence: Presence | undefined): string | undefined {
  const { t, i18n } = useTranslation('chats');
  const today = useDay();
  if (!presence) return undefined;
  const { state, lastSeenAt } = presence;
  if (state !== 'offline') return t(state);
  if (lastSeenAt === undefined) return undefined;
  const days = daysAgo(lastSeenAt, today);
  const time = timeOfDay(lastSeenAt, i18n.language);
  if (days <= 0) return t('lastSeenToday', { time });
  return days === 1
    ? t('lastSeenYesterday', { time })
    : t('lastSeenOn', { day: dayOfYear(lastSeenAt, today, i18n.language) });
}
