import type { Chat } from '@dialog/shared/chats';
import { ImageUp, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PickFile } from '../ui/PickFile.tsx';
import { useArrivingFile } from '../ui/useArrivingFile.ts';
import { CropStage, draw } from './CropStage.tsx';
import { type Crop, wholeOf } from './cropping.ts';
import styles from './PictureDialog.module.css';
import { useChats } from './useChats.ts';

interface PictureDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly chat: Chat;
}

/** More than the server keeps, so that what it makes of it is sharp. */
const SENT_SIDE = 512;
const SENT_QUALITY = 0.92;

/** Chooses a picture for a group, and what of it is shown. */
export function PictureDialog({ isOpen, onClose, chat }: PictureDialogProps): ReactNode {
  const { t } = useTranslation('chats');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('picture')}>
      {isOpen && <Picture chat={chat} onClose={onClose} />}
    </Dialog>
  );
}

interface Chosen {
  readonly picture: ImageBitmap;
  readonly crop: Crop;
}

function Picture({ chat, onClose }: Omit<PictureDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation('chats');
  const { groups } = useChats();
  const { act, isBusy, error } = useAct();
  const [chosen, setChosen] = useState<Chosen>();
  const [isNone, setNone] = useState(false);

  async function choose(file: Blob): Promise<void> {
    const picture = await createImageBitmap(file).catch(() => undefined);
    setNone(!picture);
    if (picture) setChosen({ picture, crop: wholeOf(picture) });
  }

  async function done(work: () => Promise<void>): Promise<void> {
    if ((await act(() => work().then(() => true))) === true) onClose();
  }

  useArrivingFile((file) => void choose(file));

  return (
    <div className={styles['form']}>
      {chosen ? (
        <CropStage {...chosen} onChange={(crop) => setChosen({ ...chosen, crop })} />
      ) : (
        <div className={styles['empty']}>
          <ImageUp aria-hidden="true" />
          <p>{t('pictureHint')}</p>
        </div>
      )}
      <Failure text={isNone ? t('pictureNone') : error} />
      <div className={styles['footer']}>
        {chat.pictureId && !chosen && (
          <Button
            kind="dangerQuiet"
            icon={<Trash2 aria-hidden="true" />}
            isBusy={isBusy}
            onClick={() => void done(() => groups.removePicture(chat.id))}
          >
            {t('pictureRemove')}
          </Button>
        )}
        <PickFile
          kind={chosen ? 'secondary' : 'primary'}
          label={t(chosen ? 'pictureOther' : 'pictureChoose')}
          accept="image/*"
          onPick={(file) => void choose(file)}
        />
        {chosen && (
          <Button
            kind="primary"
            isBusy={isBusy}
            onClick={() => void done(async () => groups.setPicture(chat.id, await cutOut(chosen)))}
          >
            {t('save')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What was chosen, as the file that goes up. */
async function cutOut({ picture, crop }: Chosen): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = SENT_SIDE;
  canvas.height = SENT_SIDE;
  draw(canvas, picture, crop);
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  canvas.toBlob(
    (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave nothing'))),
    'image/jpeg',
    SENT_QUALITY,
  );
  return promise;
}
