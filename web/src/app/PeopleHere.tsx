import type { ReactNode } from 'react';
import { AddPage } from '../people/AddPage.tsx';
import { PeoplePane } from '../people/PeoplePane.tsx';
import { usePeople } from '../people/usePeople.ts';
import { useApp } from './useApp.ts';

/** Friends, or whom somebody's link leads to. */
export function PeopleHere({ code }: { readonly code?: string }): ReactNode {
  const { router } = useApp();
  const people = usePeople();
  if (!people) return null;
  if (code !== undefined)
    return <AddPage key={code} code={code} people={people} onLeave={() => router.go({ name: 'home' })} />;
  return (
    <PeoplePane
      people={people}
      onBack={() => router.back()}
      onOpenChat={(chatId) => router.go({ name: 'chat', chatId })}
    />
  );
}
