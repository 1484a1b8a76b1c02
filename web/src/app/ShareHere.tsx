import { Share2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { ShareDialog } from '../messages/ShareDialog.tsx';
import { dropShared, readShared } from '../platform/sharedIn.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useApp } from './useApp.ts';

const Shared = z.object({ text: z.string(), files: z.array(z.instanceof(File)), at: z.number() });
type Shared = z.infer<typeof Shared>;

/** Forgotten for so long, it is nobody's intention any more. */
const GOOD_FOR_MS = 86_400_000;

/** Where the system's share sheet leads to. What came stays in this browser until it is sent or given up. */
export function ShareHere(): ReactNode {
  const { t } = useTranslation('messages');
  const { router } = useApp();
  const shared = useShared();

  function leave(): void {
    void dropShared().catch(() => undefined);
    router.go({ name: 'home' }, { replace: true });
  }

  return (
    <>
      <EmptyState icon={<Share2 />} title={t('shareTitle')} text={shared === null ? t('shareNothing') : ''} />
      {shared && (
        <ShareDialog
          text={shared.text}
          files={shared.files}
          onClose={leave}
          onShared={([chatId, ...others]) => {
            leave();
            if (chatId !== undefined && others.length === 0) router.go({ name: 'chat', chatId }, { replace: true });
          }}
        />
      )}
    </>
  );
}

/** Undefined until this browser has answered; null: nothing. */
function useShared(): Shared | null | undefined {
  const [shared, setShared] = useState<Shared | null>();
  useEffect(() => {
    readShared().then(
      (found) => {
        const checked = z.safeParse(Shared, found);
        setShared(checked.success && Date.now() - checked.data.at < GOOD_FOR_MS ? checked.data : null);
      },
      () => setShared(null),
    );
  }, []);
  return shared;
}
