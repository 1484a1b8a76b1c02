import { type ReactNode, Suspense } from 'react';
import { lazy } from '../../platform/late.ts';
import { useLocalMedia } from '../useCalls.ts';

const FlipCameraButton = lazy(async () => ({ default: (await import('./FlipCameraButton.tsx')).FlipCameraButton }));

/** Most devices have one camera, and no button for the other. */
export function FlipCamera(): ReactNode {
  const hasSeveral = useLocalMedia(({ devices }) => devices.camera.length > 1);
  return <Suspense>{hasSeveral && <FlipCameraButton />}</Suspense>;
}
