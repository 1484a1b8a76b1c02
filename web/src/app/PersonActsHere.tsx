import type { User } from '@dialog/shared/users';
import { type ReactNode, Suspense } from 'react';
import { usePeople } from '../people/usePeople.ts';
import { lazy } from '../platform/late.ts';

const PersonActs = lazy(async () => ({ default: (await import('../people/PersonActs.tsx')).PersonActs }));

const CardActs = lazy(async () => ({ default: (await import('../people/CardActs.tsx')).CardActs }));

/** Where somebody is shown: adding and blocking them. */
export function PersonActsHere({ user }: { readonly user: User }): ReactNode {
  const people = usePeople();
  return (
    people && (
      <Suspense>
        <PersonActs user={user} people={people} />
      </Suspense>
    )
  );
}

/** The same on their card, with how one stands to them. */
export function CardActsHere({ user }: { readonly user: User }): ReactNode {
  const people = usePeople();
  return (
    people && (
      <Suspense>
        <CardActs user={user} people={people} />
      </Suspense>
    )
  );
}
