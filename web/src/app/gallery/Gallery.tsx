import { MoonStar, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { Actions } from './Actions.tsx';
import { Fields } from './Fields.tsx';
import styles from './Gallery.module.css';
import { Notices } from './Notices.tsx';
import { Popups } from './Popups.tsx';
import { Signs } from './Signs.tsx';
import { Tokens } from './Tokens.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Toaster } from '../../ui/Toaster.tsx';

/** Every component in every state, light and dark beside each other. For developers; not part of a production build. */
export function Gallery(): ReactNode {
  const [isRightToLeft, setRightToLeft] = useState(false);
  return (
    <ErrorBoundary>
      <div className={styles['page']} dir={isRightToLeft ? 'rtl' : 'ltr'}>
        <header className={styles['head']}>
          <h1 className={styles['title']}>Gallery</h1>
          <Switch label="Right to left" isOn={isRightToLeft} onChange={setRightToLeft} />
        </header>
        <main className={styles['themes']}>
          {(['light', 'dark'] as const).map((theme) => (
            <section key={theme} className={styles['theme']} data-theme={theme} aria-label={theme}>
              <h2 className={styles['themeName']}>
                {theme === 'light' ? <Sun aria-hidden="true" /> : <MoonStar aria-hidden="true" />}
                {theme}
              </h2>
              <Tokens />
              <Actions />
              <Fields />
              <Signs />
              <Notices />
              <Popups />
            </section>
          ))}
        </main>
      </div>
      <Toaster />
    </ErrorBoundary>
  );
}
