import type { Audience, Privacy } from '@dialog/shared/settings.values';
import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useChats } from '../chats/useChats.ts';
import type { SettingsActions } from '../settings/settings.ts';
import { ListButton } from '../ui/ListButton.tsx';
import { Section } from '../ui/Section.tsx';
import { Setting } from '../ui/Setting.tsx';
import { Switch } from '../ui/Switch.tsx';
import styles from './People.module.css';
import { useRelations } from './useRelations.ts';
import { useRun } from './useRun.ts';

type Reach = 'write' | 'call' | 'addToGroups' | 'lastSeen';

const REACHES: readonly Reach[] = ['write', 'call', 'addToGroups', 'lastSeen'];

interface PrivacySettingsProps {
  readonly settings: SettingsActions;
  readonly onShowBlocked: () => void;
  /** One of a few, as the settings show that. */
  readonly renderAudience: (choice: {
    readonly label: string;
    readonly value: Audience;
    readonly options: readonly { readonly value: Audience; readonly label: string }[];
    readonly onChange: (value: Audience) => void;
  }) => ReactNode;
}

/** Who may do what with one. Each is enforced by the server; here it is only said. */
export function PrivacySettings({ settings, onShowBlocked, renderAudience }: PrivacySettingsProps): ReactNode {
  const { t } = useTranslation('people');
  const privacy = useStore(useChats().sync.store, ({ list }) => list.settings.privacy);
  const { blocked } = useRelations();
  const { run } = useRun();
  const choose = (change: Partial<Privacy>): void => run(() => settings.change({ privacy: change }));
  const options = [
    { value: 'everyone', label: t('everyone') },
    { value: 'friends', label: t('friendsOnly') },
    { value: 'nobody', label: t('nobodyAudience') },
  ] as const;
  return (
    <>
      {REACHES.map((reach) => (
        <Section key={reach} title={t(`privacy_${reach}`)} text={t(`privacy_${reach}Text`)} anchor={reach}>
          {renderAudience({
            label: t(`privacy_${reach}`),
            value: privacy[reach],
            options,
            onChange: (value) => choose({ [reach]: value }),
          })}
        </Section>
      ))}
      <Section title={t('othersSee')} anchor="receipts">
        <Setting anchor="readReceipts">
          <Switch
            label={t('receipts')}
            hint={t('receiptsText')}
            isOn={privacy.readReceipts}
            onChange={(readReceipts) => choose({ readReceipts })}
          />
        </Setting>
        <Setting anchor="relaysCalls">
          <Switch
            label={t('relaysCalls')}
            hint={t('relaysCallsText')}
            isOn={privacy.relaysCalls}
            onChange={(relaysCalls) => choose({ relaysCalls })}
          />
        </Setting>
        <Setting anchor="listed">
          <Switch
            label={t('listed')}
            hint={t('listedText')}
            isOn={privacy.isListed}
            onChange={(isListed) => choose({ isListed })}
          />
        </Setting>
      </Section>
      <Section title={t('blockedPeople')} text={t('blockedText')} anchor="blockedPeople">
        <ListButton
          icon={<Ban aria-hidden="true" />}
          trail={<span className={styles['note']}>{t('manage')}</span>}
          onClick={onShowBlocked}
        >
          {t('blockedPeopleText', { count: blocked.length })}
        </ListButton>
      </Section>
    </>
  );
}
