import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { Tooltips } from '../ui/Tooltips.tsx';
import { loadInside, loadOutside } from './screens.ts';
import { ShellSkeleton } from './ShellSkeleton.tsx';
import { useApp, usePlace } from './useApp.ts';

const PlainHttpNotice = lazy(async () => ({ default: (await import('./PlainHttpNotice.tsx')).PlainHttpNotice }));
const MailLinkHere = lazy(async () => ({ default: (await import('./MailLinkHere.tsx')).MailLinkHere }));
const Inside = lazy(async () => ({ default: (await loadInside()).Inside }));
const Outside = lazy(async () => ({ default: (await loadOutside()).Outside }));
// The branch, and with it the whole gallery, is left out of production builds.
const Gallery = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('./gallery/Gallery.tsx')).Gallery }))
  : undefined;

export function App(): ReactNode {
  return (
    <>
      <Screen />
      <Tooltips />
    </>
  );
}

function Screen(): ReactNode {
  const state = useStore(useApp().account.store);
  const place = usePlace();
  if (place.name === 'gallery' && Gallery) {
    return (
      <Suspense>
        <Gallery />
      </Suspense>
    );
  }
  if (!isSecureContext) {
    return (
      <Suspense>
        <PlainHttpNotice />
      </Suspense>
    );
  }
  if (place.name === 'confirm-email' || place.name === 'new-password') {
    return (
      <Suspense>
        <MailLinkHere name={place.name} />
      </Suspense>
    );
  }
  if (state.kind === 'signed-out') {
    return (
      <Suspense>
        <Outside hasEnded={state.hasEnded} />
      </Suspense>
    );
  }
  return (
    <Suspense fallback={<ShellSkeleton />}>
      <Inside key={state.me.sessionId} me={state.me} />
    </Suspense>
  );
}
