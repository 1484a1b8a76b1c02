import type { ReactNode } from 'react';
import { Devices } from '../../auth/Devices.tsx';
import { SignInHistory } from '../../auth/SignInHistory.tsx';
import { useSession } from '../useSession.ts';

export function DevicesHere(): ReactNode {
  const { call, socket } = useSession();
  return (
    <>
      <Devices call={call} socket={socket} />
      <SignInHistory call={call} />
    </>
  );
}
