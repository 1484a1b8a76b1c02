import './platform/zodWithoutEval.ts'; // Before every contract.
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAccount } from './app/account.ts';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { loadInside, loadOutside } from './app/screens.ts';
import { createRouter } from './app/router.ts';
import { AppContext } from './app/useApp.ts';
import { createCall } from './platform/api.ts';
import { hearInstallOffers } from './platform/installing.ts';
import { followLanguageOfOtherTabs, startWords } from './platform/i18n.ts';
import { keepShell } from './platform/serviceWorker.ts';
import { followThemeOfOtherTabs } from './platform/theme.ts';
import { whenIdle } from './platform/whenIdle.ts';

const call = createCall({});
const account = createAccount({ call, channel: new BroadcastChannel('dialog-account') });
const router = createRouter(window);

// Beside the words, not after them.
const isSignedIn = account.store.getState().kind === 'signed-in';
const screen = isSignedIn ? loadInside() : loadOutside();
if (!isSignedIn) void account.look();

hearInstallOffers();
followThemeOfOtherTabs();
followLanguageOfOtherTabs();
await startWords(
  async (language) => (language === 'de' ? await import('./app/words.de.ts') : await import('./app/words.en.ts')).words,
);

// Without the words there is nothing to say; of what is behind the sign-in a skeleton can stand for a while.
if (!isSignedIn) await screen;

const place = document.querySelector('#app');
if (!place) throw new Error('the page has no place for the app');
createRoot(place).render(
  <StrictMode>
    <AppContext value={{ router, account, call }}>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </AppContext>
  </StrictMode>,
);

// Not while the page itself still loads. In development nothing is kept: each change should be seen.
if (import.meta.env.PROD) whenIdle(() => void keepShell().catch(() => undefined));
