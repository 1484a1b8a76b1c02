import type { ChatId } from '@dialog/shared/contract/values';
import { CustomEmojiId } from '@dialog/shared/customEmoji';
import { ImageUp } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PickFile } from '../ui/PickFile.tsx';
import { useArrivingFile } from '../ui/useArrivingFile.ts';
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
  /** What was refused; another may not be. */
  const [tried, setTried] = useState('');
  const [isNone, setNone] = useState(false);
  useEffect(() => () => chosen && URL.revokeObjectURL(chosen.url), [chosen]);

  async function choose(file: File): Promise<void> {
    const picture = await smallEnough(file);
    setNone(!picture);
    if (!picture) return;
    setChosen({ id: CustomEmojiId.parse(uuidv7()), picture, url: URL.createObjectURL(picture) });
    if (name === '') setName(nameOf(file.name.replace(/\.[^.]*$/, '')));
  }

  async function add({ id, picture }: Chosen): Promise<void> {
    setTried(name);
    const isDone = await act(() => customEmoji.add(chatId, { id, name, picture }).then(() => true));
    if (isDone === true) onDone();
  }

  useArrivingFile((file) => void choose(file));

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && isEmojiName(name)) void add(chosen);
      }}
    >
      <div className={styles['picture']}>
        <span className={styles['preview']} aria-hidden="true">
          {chosen ? <img src={chosen.url} alt="" onError={() => setNone(true)} /> : <ImageUp />}
        </span>
        <PickFile
          label={t(chosen ? 'otherPicture' : 'choosePicture')}
          accept="image/*"
          onPick={(file) => void choose(file)}
        />
      </div>
      <NameField name={name} onChange={setName} error={name === tried ? error : undefined} hint={t('nameHint')} />
      <Failure text={isNone ? t('noPicture') : undefined} />
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
