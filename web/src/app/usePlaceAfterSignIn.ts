import { useEffect } from 'react';
import { keep, kept } from '../platform/keepsakes.ts';
import type { Place } from './router.ts';
import { useApp } from './useApp.ts';

const OUTSIDE: ReadonlySet<Place['name']> = new Set(['sign-in', 'sign-up', 'forgot', 'link-this']);

/** The address of the sign-in page means nothing to who is in; who came by a link to a group, or shares something, goes there. */
export function usePlaceAfterSignIn(place: Place): void {
  const { router } = useApp();
  useEffect(() => {
    if (OUTSIDE.has(place.name)) router.go(wantedPlace(), { replace: true });
    keep('invite', null);
    keep('add', null);
    keep('share', null);
  }, [place.name, router]);
}

function wantedPlace(): Place {
  const code = kept('invite');
  if (code !== null) return { name: 'join', code };
  const add = kept('add');
  if (add !== null) return { name: 'add', code: add };
  return { name: kept('share') === null ? 'home' : 'share' };
}
