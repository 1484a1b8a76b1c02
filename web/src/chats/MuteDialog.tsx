import { type ChatPlace, MUTED_FOR_GOOD, NotificationLevel } from '@dialog/shared/chats.values';
import type { ChatId } from '@dialog/shared/contract/values';
import { Bell, BellOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { isMuted } from './chats.arranging.store.ts';
import styles from './MuteDialog.module.css';
import { dayAndTime } from './times.ts';
import { useArrange } from './useArrange.ts';
import { useChats, useChatTitle, useSummary } from './useChats.ts';

interface MuteDialogProps {
  readonly chatId: ChatId;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const HOUR_MS = 3_600_000;

const AS_SETTINGS = 'asSettings';
const LEVELS = [AS_SETTINGS, ...NotificationLevel.options] as const;
/** When a morning begins. */
const MORNING_HOUR = 8;

const CHOICES = [
  { word: 'muteHour', until: (now: number) => new Date(now + HOUR_MS).toISOString() },
  { word: 'muteEightHours', until: (now: number) => new Date(now + 8 * HOUR_MS).toISOString() },
  { word: 'muteMorning', until: nextMorning },
  { word: 'muteForGood', until: () => MUTED_FOR_GOOD },
] as const;

/** Tomorrow's morning here; today's, in the small hours. */
function nextMorning(now: number): string {
  const morning = new Date(now);
  if (morning.getHours() >= MORNING_HOUR) morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.toISOString();
}

/** How long a chat is quiet, and what it tells of otherwise. */
export function MuteDialog({ chatId, isOpen, onClose }: MuteDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const { arranging } = useChats();
  const summary = useSummary(chatId);
  const titleOf = useChatTitle();
  const arrange = useArrange();
  if (!summary) return null;
  const { place } = summary;

  function mute(until: string | null): void {
    arrange(arranging.mute(chatId, until));
    onClose();
  }

  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('muteTitle', { title: titleOf(summary) })}>
      <div className={styles['form']}>
        <Muted place={place} onUnmute={() => mute(null)} />
        <fieldset className={styles['choices']}>
          <legend className={styles['legend']}>{t('muteFor')}</legend>
          {CHOICES.map(({ word, until }) => (
            <Button key={word} onClick={() => mute(until(Date.now()))}>
              {t(word)}
            </Button>
          ))}
        </fieldset>
        <Select
          label={t('level')}
          value={place.level ?? AS_SETTINGS}
          options={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))}
          onChange={(level) => arrange(arranging.setLevel(chatId, level === AS_SETTINGS ? null : level))}
        />
      </div>
    </Dialog>
  );
}

function Muted({ place, onUnmute }: { readonly place: ChatPlace; readonly onUnmute: () => void }): ReactNode {
  const { t, i18n } = useTranslation('chats');
  const [now] = useState(Date.now);
  const until = isMuted(place, now) ? place.mutedUntil : null;
  if (until === null) return <p className={styles['hint']}>{t('muteHint')}</p>;
  const isForGood = until >= MUTED_FOR_GOOD;
  return (
    <div className={styles['muted']}>
      <BellOff aria-hidden="true" />
      <p className={styles['until']}>
        {isForGood ? t('mutedForGood') : t('mutedUntil', { time: dayAndTime(until, i18n.language) })}
      </p>
      <Button size="s" icon={<Bell aria-hidden="true" />} onClick={onUnmute}>
        {t('unmute')}
      </Button>
    </div>
  );
}
