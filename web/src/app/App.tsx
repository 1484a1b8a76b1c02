import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SignInScreen } from '../auth/SignInScreen.tsx';
import { SignUpScreen } from '../auth/SignUpScreen.tsx';
import type { AccountState } from './account.ts';
import { AppearanceMenu } from './Appearance.tsx';
import { Link } from './Link.tsx';
import { loadInside } from './loadInside.ts';
import { PlainHttpNotice } from './PlainHttpNotice.tsx';
import { ShellSkeleton } from './ShellSkeleton.tsx';
import { useApp, usePlace } from './useApp.ts';

const Inside = lazy(async () => ({ default: (await loadInside()).Inside }));
// The branch, and with it the whole gallery, is left out of production builds.
const Gallery = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('./gallery/Gallery.tsx')).Gallery }))
  : undefined;

export function App(): ReactNode {
  const state = useStore(useApp().account.store);
  const place = usePlace();
  if (place.name === 'gallery' && Gallery) {
    return (
      <Suspense>
        <Gallery />
      </Suspense>
    );
  }
  if (!isSecureContext) return <PlainHttpNotice />;
  if (state.kind === 'signed-out') return <Outside hasEnded={state.hasEnded} />;
  return (
    <Suspense fallback={<ShellSkeleton />}>
      <Inside key={state.me.sessionId} me={state.me} />
    </Suspense>
  );
}

/** Whatever the address: who is signed out signs in first, and is then where they wanted to be. */
function Outside({ hasEnded }: Pick<Extract<AccountState, { kind: 'signed-out' }>, 'hasEnded'>): ReactNode {
  const { t } = useTranslation('app');
  const { account, call } = useApp();
  const place = usePlace();
  const isSigningUp = place.name === 'sign-up';
  const title = t(isSigningUp ? 'createAccount' : 'signIn');
  useEffect(() => {
    document.title = t('titleOf', { place: title });
  }, [t, title]);

  const shared = { call, onSignedIn: account.enter, corner: <AppearanceMenu /> };
  if (isSigningUp) return <SignUpScreen {...shared} other={<Link to={{ name: 'sign-in' }}>{t('signIn')}</Link>} />;
  return (
    <SignInScreen {...shared} hasEnded={hasEnded} other={<Link to={{ name: 'sign-up' }}>{t('createAccount')}</Link>} />
  );
}
