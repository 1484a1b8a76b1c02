import type { ReactNode } from 'react';
import { Sessions } from '../../auth/Sessions.tsx';
import { useSession } from '../useSession.ts';

export function DevicesHere(): ReactNode {
  return <Sessions call={useSession().call} />;
}
