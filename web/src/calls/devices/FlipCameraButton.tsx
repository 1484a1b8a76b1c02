import { SwitchCamera } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { otherSide } from './opening.ts';

/** Front or back, on what has both. */
export function FlipCameraButton(): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const hasSides = useLocalMedia(({ camera }) => otherSide(camera.raw) !== null);
  const isStarting = useLocalMedia(({ camera }) => camera.isStarting);
  // While it turns there is no camera that could tell; the button stays where the finger is.
  const [isShown, setShown] = useState(hasSides);
  if (!isStarting && isShown !== hasSides) setShown(hasSides);
  if (!isShown) return null;
  return (
    <IconButton label={t('cameraFlip')} onClick={media.flip}>
      <SwitchCamera />
    </IconButton>
  );
}
