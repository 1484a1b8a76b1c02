import type { ReactNode } from 'react';
import { EmailSetting } from '../../auth/EmailSetting.tsx';
import { SecuritySettings } from '../../auth/SecuritySettings.tsx';
import { useSession } from '../useSession.ts';

export function SecurityHere(): ReactNode {
  const { me, call, socket } = useSession();
  return (
    <>
      <EmailSetting call={call} socket={socket} />
      <SecuritySettings call={call} userName={me.user.userName} />
    </>
  );
}
