import { NotificationLevel } from '@dialog/shared/chats.values';
import { type QuietHours, SOUNDS, type NotificationSettings } from '@dialog/shared/settings.values';
import { Volume2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { Select } from '../ui/Select.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './NotificationSettings.module.css';
import type { Sounds } from './sounds.ts';

interface TellingProps {
  readonly value: NotificationSettings;
  readonly onChange: (change: Partial<NotificationSettings>) => void;
}

/** Of what one is told, on all devices. */
export function WhatSection({ value, onChange }: TellingProps): ReactNode {
  const { t } = useTranslation('push');
  const levels = NotificationLevel.options.map((level) => ({ value: level, label: t(`level_${level}`) }));
  return (
    <Section title={t('tellTitle')} anchor="what">
      <div className={styles['pair']}>
        <Select label={t('direct')} value={value.direct} options={levels} onChange={(direct) => onChange({ direct })} />
        <Select label={t('groups')} value={value.groups} options={levels} onChange={(groups) => onChange({ groups })} />
      </div>
      {(['reactions', 'friendRequests', 'calls'] as const).map((what) => (
        <Switch key={what} label={t(what)} isOn={value[what]} onChange={(isOn) => onChange({ [what]: isOn })} />
      ))}
      <Setting anchor="content">
        <Switch
          label={t('showsContent')}
          hint={t('showsContentHint')}
          isOn={value.showsContent}
          onChange={(showsContent) => onChange({ showsContent })}
        />
      </Setting>
    </Section>
  );
}

/** A tone to each, to be heard before it is chosen. */
export function SoundSection({ value, onChange, sounds }: TellingProps & { readonly sounds: Sounds }): ReactNode {
  const { t } = useTranslation('push');
  return (
    <Section title={t('sound')} anchor="sound">
      <div className={styles['sound']}>
        <Select
          label={t('sound')}
          isLabelHidden
          value={value.sound}
          options={SOUNDS.map((sound) => ({ value: sound, label: t(`sound_${sound}`) }))}
          onChange={(sound) => {
            sounds.play(sound);
            onChange({ sound });
          }}
        />
        <Button
          icon={<Volume2 aria-hidden="true" />}
          disabled={value.sound === 'none'}
          onClick={() => sounds.play(value.sound)}
        >
          {t('hear')}
        </Button>
      </div>
    </Section>
  );
}

const EVENING_TO_MORNING = { from: 22 * 60, until: 7 * 60 };

/** When nothing sounds or shows. Its times are of one place, also on devices that travel. */
export function QuietSection({ value: { quietHours }, onChange }: TellingProps): ReactNode {
  const { t } = useTranslation('push');
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const set = (change: Partial<QuietHours>): void =>
    onChange({ quietHours: { ...EVENING_TO_MORNING, timeZone: here, ...quietHours, ...change } });
  return (
    <Section title={t('quietHours')} anchor="quiet">
      <Switch
        label={t('quietDaily')}
        hint={t('quietHint')}
        isOn={quietHours !== null}
        onChange={(isOn) => (isOn ? set({}) : onChange({ quietHours: null }))}
      />
      {quietHours && (
        <>
          <div className={styles['pair']}>
            <TimeField label={t('quietFrom')} minute={quietHours.from} onChange={(from) => set({ from })} />
            <TimeField label={t('quietUntil')} minute={quietHours.until} onChange={(until) => set({ until })} />
          </div>
          {quietHours.from === quietHours.until && <p className={styles['hint']}>{t('quietAllDay')}</p>}
          <p className={styles['hint']}>{t('quietZone', { zone: inWords(quietHours.timeZone) })}</p>
          {quietHours.timeZone !== here && (
            <div className={styles['zone']}>
              <p className={styles['hint']}>{t('quietZoneTake', { zone: inWords(here) })}</p>
              <Button size="s" onClick={() => set({ timeZone: here })}>
                {t('quietZoneUse')}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
}

/** As the browser writes times; a time half typed is nobody's wish. */
function TimeField({ label, minute, onChange }: TimeFieldProps): ReactNode {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
  function settle(): void {
    const [hours, minutes] = (typed ?? '').split(':').map(Number);
    if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
    setTyped(undefined);
  }

  return (
    <TextField
      type="time"
      label={label}
      value={shown}
      onChange={setTyped}
      onBlur={settle}
      onKeyDown={({ key }) => key === 'Enter' && settle()}
    />
  );
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

/** `Europe/Berlin` as people read it. */
function inWords(timeZone: string): string {
  return timeZone.replaceAll('_', ' ').replace('/', ' – ');
}
