import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { bringDeviceWords } from '../auth/deviceWords.ts';
import { lazy } from '../platform/late.ts';
import { AppearanceMenu } from './Appearance.tsx';
import { useApp } from './useApp.ts';

const PAGES = {
  'confirm-email': lazy(async () => {
    const [{ ConfirmEmailPage }] = await Promise.all([import('../auth/ConfirmEmailPage.tsx'), bringDeviceWords()]);
    return { default: ConfirmEmailPage };
  }),
  'new-password': lazy(async () => {
    const [{ NewPasswordPage }] = await Promise.all([import('../auth/NewPasswordPage.tsx'), bringDeviceWords()]);
    return { default: NewPasswordPage };
  }),
} as const;

/** Where links in mails lead: they are their person's, whoever is signed in in this browser. */
export function MailLinkHere({ name }: { readonly name: keyof typeof PAGES }): ReactNode {
  const { t } = useTranslation('app');
  const { call, router } = useApp();
  const Page = PAGES[name];
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  return (
    <Suspense>
      <Page call={call} corner={<AppearanceMenu />} onLeave={() => router.go({ name: 'home' }, { replace: true })} />
    </Suspense>
  );
}
