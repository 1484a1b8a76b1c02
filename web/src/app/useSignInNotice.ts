import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { bringDeviceWords } from '../auth/deviceWords.ts';
import { toast } from '../ui/toast.ts';
import { useApp } from './useApp.ts';
import { useSession } from './useSession.ts';

/** Says on every device, wherever one is in the app, that another one has just signed in. */
export function useSignInNotice(): void {
  const { t } = useTranslation('devices');
  const { router } = useApp();
  const { me, socket } = useSession();
  useEffect(
    () =>
      socket.on('signedInElsewhere', ({ sessionId, device }) => {
        if (sessionId === me.sessionId) return;
        const say = (): void =>
          toast(t('newSignIn', { device: device || t('unknownDevice') }), {
            action: { label: t('tellMe'), run: () => router.go({ name: 'settings', section: 'devices' }) },
          });
        void bringDeviceWords().then(say, () => undefined);
      }),
    [socket, me.sessionId, router, t],
  );
}
