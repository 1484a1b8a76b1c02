import type { ChatId } from '@dialog/shared/contract/values';
import type { CustomEmoji } from '@dialog/shared/customEmoji';
import { Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OwnEmojiSign } from '../emoji/EmojiSign.tsx';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { type CustomEmojis, shownAs } from './customEmoji.ts';
import styles from './EmojiDialog.module.css';
import { isEmojiName, NameField } from './NameField.tsx';

interface EmojiLineProps {
  readonly chatId: ChatId;
  readonly emoji: CustomEmoji;
  readonly customEmoji: CustomEmojis;
}

/** One emoji of a group, with what its owners and admins may do about it. */
export function EmojiLine({ chatId, emoji, customEmoji }: EmojiLineProps): ReactNode {
  const { t } = useTranslation('customEmoji');
  const errorText = useErrorText();
  const [open, setOpen] = useState<'rename' | 'remove'>();
  const close = (): void => setOpen(undefined);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    // The focus goes back to where it came from.
    if (wasRenaming.current && open === undefined) pencil.current?.focus();
    wasRenaming.current = open === 'rename';
  }, [open]);
  const { id, name } = emoji;
  return (
    <li className={styles['line']}>
      <span className={styles['sign']} aria-hidden="true">
        <OwnEmojiSign emoji={shownAs(emoji)} />
      </span>
      {open === 'rename' ? (
        <Rename {...{ chatId, emoji, customEmoji }} onDone={close} />
      ) : (
        <>
          <span className={styles['name']}>
            <bdi dir="ltr">:{name}:</bdi>
          </span>
          <IconButton ref={pencil} size="s" label={t('rename', { name })} onClick={() => setOpen('rename')}>
            <Pencil />
          </IconButton>
          <IconButton size="s" label={t('remove', { name })} onClick={() => setOpen('remove')}>
            <Trash2 />
          </IconButton>
        </>
      )}
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={close}
        title={t('removeTitle', { name })}
        text={t('removeText', { name })}
        confirmLabel={t('removeIt')}
        isDanger
        errorText={errorText}
        onConfirm={() => customEmoji.remove(chatId, id)}
      />
    </li>
  );
}

function Rename({ chatId, emoji, customEmoji, onDone }: EmojiLineProps & { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation('customEmoji');
  const { act, isBusy, error } = useAct();
  const [name, setName] = useState(emoji.name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function save(): Promise<void> {
    const isDone = await act(() => customEmoji.rename(chatId, emoji.id, name).then(() => true));
    if (isDone === true) onDone();
  }

  return (
    <form
      className={styles['rename']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isEmojiName(name)) void save();
      }}
    >
      <NameField
        field={field}
        name={name}
        onChange={setName}
        error={error}
        isLabelHidden
        hint={t('renameHint')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The dialog stays.
          event.stopPropagation();
          onDone();
        }}
      />
      <Button kind="primary" type="submit" isBusy={isBusy} disabled={!isEmojiName(name)}>
        {t('save')}
      </Button>
    </form>
  );
}
