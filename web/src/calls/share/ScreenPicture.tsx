import { Pause } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../../ui/Spinner.tsx';
import type { Participant } from '../transport/media.transport.ts';
import { useActive } from '../useCalls.ts';
import { MirrorNote } from './MirrorNote.tsx';
import { ScreenNote } from './ScreenNote.tsx';
import styles from './ScreenPicture.module.css';
import { ScreenView } from './ScreenView.tsx';

export interface ScreenPictureProps {
  readonly participant: Participant;
  readonly title: string;
  /** Large, with all that one does with it; small, it is only looked at. */
  readonly isMain: boolean;
  /** Shows it large no longer; undefined: it stands there by itself. */
  readonly onUnpin?: (() => void) | undefined;
}

/** A shared screen as everyone sees it, with what is to be said of it. */
export function ScreenPicture(props: ScreenPictureProps): ReactNode {
  const { t } = useTranslation('screens');
  const { screen, share, isMe } = props.participant;
  const [isMirrorWanted, setMirrorWanted] = useState(false);
  const isMirror = useActive((call) => isMe && call.share.status === 'on' && call.share.surface === 'monitor');
  if (!screen) {
    return (
      <ScreenNote>
        <Spinner />
        {t('coming')}
      </ScreenNote>
    );
  }
  if (isMirror && !isMirrorWanted && share?.isPaused !== true) {
    return <MirrorNote participant={props.participant} video={screen} onShow={() => setMirrorWanted(true)} />;
  }
  return (
    <>
      <ScreenView {...props} video={screen} />
      {share?.isPaused === true && (
        <span className={styles['paused']}>
          <Pause aria-hidden="true" />
          {t('paused')}
        </span>
      )}
    </>
  );
}
