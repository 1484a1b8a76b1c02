import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { bringDeviceWords } from '../auth/deviceWords.ts';
import { bringProofWords } from '../auth/proofWords.ts';
import { SignInScreen } from '../auth/SignInScreen.tsx';
import { SignUpScreen } from '../auth/SignUpScreen.tsx';
import { keep } from '../platform/keepsakes.ts';
import { lazy } from '../platform/late.ts';
import { AppearanceMenu } from './Appearance.tsx';
import { Link } from './Link.tsx';
import { useApp, usePlace } from './useApp.ts';

const ForgotPassword = lazy(async () => {
  const [{ ForgotPassword: screen }] = await Promise.all([
    import('../auth/ForgotPassword.tsx'),
    bringProofWords(),
    bringDeviceWords(),
  ]);
  return { default: screen };
});
const LinkThisDeviceScreen = lazy(async () => {
  const [{ LinkThisDeviceScreen: screen }] = await Promise.all([
    import('../auth/LinkThisDeviceScreen.tsx'),
    bringDeviceWords(),
  ]);
  return { default: screen };
});

interface OutsideProps {
  /** The session was ended by the server or another tab. */
  readonly hasEnded: boolean;
}

/** Whatever the address: who is signed out signs in first, and is then where they wanted to be. */
export function Outside({ hasEnded }: OutsideProps): ReactNode {
  const { t } = useTranslation(['app', 'auth']);
  const { account, call } = useApp();
  const place = usePlace();
  useEffect(() => {
    // Kept while somebody makes an account first.
    if (place.name === 'join') keep('invite', place.code);
    if (place.name === 'add') keep('add', place.code);
    if (place.name === 'share') keep('share', 'waiting');
  }, [place]);
  const isSigningUp = place.name === 'sign-up';
  const title = t(isSigningUp ? 'createAccount' : place.name === 'forgot' ? 'auth:forgotPassword' : 'signIn');
  useEffect(() => {
    document.title = t('titleOf', { place: title });
  }, [t, title]);

  const shared = { call, onSignedIn: account.enter, corner: <AppearanceMenu /> };
  if (isSigningUp) return <SignUpScreen {...shared} other={<Link to={{ name: 'sign-in' }}>{t('signIn')}</Link>} />;
  const toSignIn = <Link to={{ name: 'sign-in' }}>{t('signIn')}</Link>;
  if (place.name === 'forgot' || place.name === 'link-this') {
    const Late = place.name === 'forgot' ? ForgotPassword : LinkThisDeviceScreen;
    return (
      <Suspense>
        <Late {...shared} other={toSignIn} />
      </Suspense>
    );
  }
  return (
    <SignInScreen
      {...shared}
      hasEnded={hasEnded}
      other={<Link to={{ name: 'sign-up' }}>{t('createAccount')}</Link>}
      forgot={<Link to={{ name: 'forgot' }}>{t('auth:forgotPassword')}</Link>}
      byDevice={<Link to={{ name: 'link-this' }}>{t('auth:signInByDevice')}</Link>}
    />
  );
}
