import { MessagesSquare } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ConnectionNote } from './ConnectionNote.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { NotFound } from './pages.tsx';
import type { Place } from './router.ts';
import { useShortcuts } from './shortcuts.ts';
import { SidebarBar } from './SidebarBar.tsx';
import styles from './Shell.module.css';
import { useApp, usePlace } from './useApp.ts';

const Settings = lazy(async () => ({ default: (await import('./Settings.tsx')).Settings }));

/** Three panes on a wide screen, two on a middling one, one on a phone. */
export function Shell(): ReactNode {
  const { t } = useTranslation('app');
  const place = usePlace();
  useHomeAfterSignIn(place);
  useShortcuts();

  return (
    <div className={styles['shell']} data-pane={place.name === 'home' ? 'list' : 'main'}>
      <a className={styles['skip']} href="#main">
        {t('toContent')}
      </a>
      <nav className={styles['sidebar']} aria-label={t('chats')}>
        <SidebarBar />
      </nav>
      <main id="main" className={styles['main']} tabIndex={-1}>
        <Suspense>
          <MainPane place={place} />
        </Suspense>
      </main>
      <ConnectionNote />
      <KeysHelp />
    </div>
  );
}

function MainPane({ place }: { readonly place: Place }): ReactNode {
  const { t } = useTranslation('app');
  if (place.name === 'settings') return <Settings />;
  if (place.name === 'not-found' || place.name === 'gallery') return <NotFound />;
  return <EmptyState icon={<MessagesSquare />} title={t('noChatTitle')} text={t('noChatText')} />;
}

/** The address of the sign-in page means nothing to who is in. */
function useHomeAfterSignIn(place: Place): void {
  const { router } = useApp();
  useEffect(() => {
    if (place.name === 'sign-in' || place.name === 'sign-up') router.go({ name: 'home' }, { replace: true });
  }, [place.name, router]);
}
