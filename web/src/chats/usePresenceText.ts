import type { Presence } from '@dialog/shared/presence';
import { useTranslation } from 'react-i18next';
import { daysAgo, dayOfYear, timeOfDay } from './times.ts';
import { useDay } from './useDay.ts';

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
