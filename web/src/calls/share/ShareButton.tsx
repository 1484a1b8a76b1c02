import { ScreenShare, ScreenShareOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { useActive, useCalls } from '../useCalls.ts';

/** Asks how to share before the browser asks what; while one shares, it stops. */
export function ShareButton({ keys }: { readonly keys: string }): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const status = useActive(({ share }) => share.status);
  const isOn = status === 'on';
  return (
    <IconButton
      label={t(isOn ? 'stop' : 'start')}
      keys={keys}
      kind={isOn ? 'filled' : 'plain'}
      disabled={status === 'picking'}
      onClick={() => own.share({ act: isOn ? 'stop' : 'ask' })}
    >
      {isOn ? <ScreenShareOff /> : <ScreenShare />}
    </IconButton>
  );
}
