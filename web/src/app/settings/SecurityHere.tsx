import type { ReactNode } from 'react';
import { ChangePassword } from '../../auth/ChangePassword.tsx';
import { useSession } from '../useSession.ts';

export function SecurityHere(): ReactNode {
  const { me, call } = useSession();
  return <ChangePassword call={call} userName={me.user.userName} />;
}
