import { type Chat, GROUP_DESCRIPTION_MAX, SLOW_MODES } from '@dialog/shared/chats';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { useAct } from '../platform/useAct.ts';
import styles from './NewChatDialog.module.css';
import { useSpan } from './useSpan.ts';
import { useChats } from './useChats.ts';

interface GroupSettingsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly chat: Chat;
}

type Pace = `${(typeof SLOW_MODES)[number]}`;

/** What owners and admins decide about a group. */
export function GroupSettingsDialog({ isOpen, onClose, chat }: GroupSettingsDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('groupSettings')} initialFocus={field}>
      {isOpen && <GroupSettings chat={chat} onClose={onClose} field={field} />}
    </Dialog>
  );
}

interface FormProps extends Omit<GroupSettingsDialogProps, 'isOpen'> {
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

function GroupSettings({ chat, onClose, field }: FormProps): ReactNode {
  const { t } = useTranslation('chats');
  const { groups } = useChats();
  const span = useSpan();
  const { act, isBusy, error } = useAct();
  const [description, setDescription] = useState(chat.description ?? '');
  const [isAnnouncementOnly, setAnnouncementOnly] = useState(chat.isAnnouncementOnly ?? false);
  const [pace, setPace] = useState<Pace>(paceOf(chat));
  const isTooLong = description.trim().length > GROUP_DESCRIPTION_MAX;

  async function save(): Promise<void> {
    const slowModeSeconds = SLOW_MODES.find((seconds) => `${seconds}` === pace) ?? 0;
    const settings = { description: description.trim(), isAnnouncementOnly, slowModeSeconds };
    await act(async () => {
      await groups.change(chat.id, settings);
      onClose();
    });
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTooLong) void save();
      }}
    >
      <TextArea
        ref={field}
        label={t('description')}
        value={description}
        onChange={setDescription}
        rows={4}
        hint={t('descriptionHint')}
        error={isTooLong ? t('titleTooLong', { max: GROUP_DESCRIPTION_MAX }) : undefined}
      />
      <Switch
        label={t('announcementOnly')}
        hint={t('announcementOnlyHint')}
        isOn={isAnnouncementOnly}
        onChange={setAnnouncementOnly}
      />
      <Select
        label={t('slowMode')}
        value={pace}
        options={SLOW_MODES.map((seconds) => ({
          value: `${seconds}` as const,
          label: seconds === 0 ? t('slowModeOff') : span(seconds),
        }))}
        onChange={setPace}
        isDisabled={isAnnouncementOnly}
      />
      <p className={styles['hint']}>{t('slowModeHint')}</p>
      <Failure text={error} />
      <div className={styles['footer']}>
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={isTooLong}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** One this page offers; a later version may know others. */
function paceOf({ slowModeSeconds = 0 }: Chat): Pace {
  const known = SLOW_MODES.find((seconds) => seconds === slowModeSeconds) ?? 0;
  return `${known}`;
}
