import type { ChatId } from '@dialog/shared/contract/values';
import { CustomEmojiId } from '@dialog/shared/customEmoji';
import { ImageUp } from 'lucide-react';
import { type DragEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { useAct } from '../chats/NewChatDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { PickFile } from '../ui/PickFile.tsx';
import type { CustomEmojis } from './customEmoji.ts';
import styles from './EmojiDialog.module.css';
import { isEmojiName, nameOf, NameField } from './NameField.tsx';
import { smallEnough } from './smallEnough.ts';

interface AddEmojiProps {
  readonly chatId: ChatId;
  readonly customEmoji: CustomEmojis;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

interface Chosen {
  readonly id: CustomEmojiId;
  readonly picture: Blob;
  readonly url: string;
}

/** A picture and a name: an emoji of the group. */
export function AddEmoji({ chatId, customEmoji, onDone, onCancel }: AddEmojiProps): ReactNode {
  const { t } = useTranslation('customEmoji');
  const { act, isBusy, error } = useAct();
  const [chosen, setChosen] = useState<Chosen>();
  const [name, setName] = useState('');
  const [isNone, setNone] = useState(false);
  useEffect(() => () => chosen && URL.revokeObjectURL(chosen.url), [chosen]);

  async function choose(file: File | undefined): Promise<void> {
    if (!file) return;
    const picture = await smallEnough(file);
    setNone(!picture);
    if (!picture) return;
    setChosen({ id: CustomEmojiId.parse(uuidv7()), picture, url: URL.createObjectURL(picture) });
    if (name === '') setName(nameOf(file.name.replace(/\.[^.]*$/, '')));
  }

  async function add({ id, picture }: Chosen): Promise<void> {
    const isDone = await act(() => customEmoji.add(chatId, { id, name, picture }).then(() => true));
    if (isDone === true) onDone();
  }

  const paste = useEffectEvent(({ clipboardData }: ClipboardEvent) => void choose(clipboardData?.files[0]));
  useEffect(() => {
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);

  return (
    <form
      className={styles['form']}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        void choose(event.dataTransfer.files[0]);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && isEmojiName(name)) void add(chosen);
      }}
    >
      <div className={styles['picture']}>
        <span className={styles['preview']} aria-hidden="true">
          {chosen ? <img src={chosen.url} alt="" onError={() => setNone(true)} /> : <ImageUp />}
        </span>
        <PickFile label={t(chosen ? 'otherPicture' : 'choosePicture')} accept="image/*" onPick={choose} />
      </div>
      <NameField name={name} onChange={setName} error={error} hint={t('nameHint')} />
      {isNone && (
        <p className={styles['error']} role="alert">
          {t('noPicture')}
        </p>
      )}
      <div className={styles['footer']}>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            {t('back')}
          </Button>
        )}
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={!chosen || isNone || !isEmojiName(name)}>
          {t('add')}
        </Button>
      </div>
    </form>
  );
}
