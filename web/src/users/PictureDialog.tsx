import { ImageUp, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PickFile } from '../ui/PickFile.tsx';
import { useArrivingFile } from '../ui/useArrivingFile.ts';
import { CropStage, draw } from './CropStage.tsx';
import { type Crop, wholeOf } from './cropping.ts';
import { createOpenPicture } from './openPicture.ts';
import styles from './PictureDialog.module.css';

interface PictureDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Who will see it, before one is chosen. */
  readonly hint: string;
  /** As round as it will be shown. */
  readonly isRound?: boolean;
  /** There is one, which can be taken away. */
  readonly hasPicture: boolean;
  /** Gets a JPEG, square. Rejects with an ApiError. */
  readonly onSave: (picture: Blob) => Promise<void>;
  readonly onRemove: () => Promise<void>;
}

/** More than the server keeps, so that what it makes of it is sharp. */
const SENT_SIDE = 512;
const SENT_QUALITY = 0.92;

/** Chooses a picture of somebody or of a group, and what of it is shown. */
export function PictureDialog({ isOpen, title, ...props }: PictureDialogProps): ReactNode {
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} title={title}>
      {isOpen && <Picture {...props} />}
    </Dialog>
  );
}

interface Chosen {
  readonly picture: ImageBitmap;
  readonly crop: Crop;
}

function Picture(props: Omit<PictureDialogProps, 'isOpen' | 'title'>): ReactNode {
  const { onClose, hint, isRound = false, hasPicture, onSave, onRemove } = props;
  const { t } = useTranslation('users');
  const { act, isBusy, error } = useAct();
  const [chosen, setChosen] = useState<Chosen>();
  const [isNone, setNone] = useState(false);

  const [opened] = useState(() => createOpenPicture((file) => createImageBitmap(file)));
  useEffect(() => opened.close, [opened]);

  function choose(file: Blob): void {
    void opened.open(file, (picture) => {
      setNone(!picture);
      if (picture) setChosen({ picture, crop: wholeOf(picture) });
    });
  }

  async function done(work: () => Promise<void>): Promise<void> {
    if ((await act(() => work().then(() => true))) === true) onClose();
  }

  useArrivingFile(choose);

  return (
    <div className={styles['form']}>
      {chosen ? (
        <CropStage
          {...chosen}
          isRound={isRound}
          onChange={(change) => setChosen((now) => now && { ...now, crop: change(now.crop) })}
        />
      ) : (
        <div className={styles['empty']}>
          <ImageUp aria-hidden="true" />
          <p>{hint}</p>
        </div>
      )}
      <Failure text={isNone ? t('pictureNone') : error} />
      <div className={styles['footer']}>
        {hasPicture && !chosen && (
          <Button
            kind="dangerQuiet"
            icon={<Trash2 aria-hidden="true" />}
            isBusy={isBusy}
            onClick={() => void done(onRemove)}
          >
            {t('pictureRemove')}
          </Button>
        )}
        <PickFile
          kind={chosen ? 'secondary' : 'primary'}
          label={t(chosen ? 'pictureOther' : 'pictureChoose')}
          accept="image/*"
          onPick={choose}
        />
        {chosen && (
          <Button kind="primary" isBusy={isBusy} onClick={() => void done(async () => onSave(await cutOut(chosen)))}>
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
