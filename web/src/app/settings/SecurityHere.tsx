import type { ReactNode } from 'react';
import { SecuritySettings } from '../../auth/SecuritySettings.tsx';
import { useSession } from '../useSession.ts';

export function SecurityHere(): ReactNode {
  const { me, call } = useSession();
  return <SecuritySettings call={call} userName={me.user.userName} />;
}
