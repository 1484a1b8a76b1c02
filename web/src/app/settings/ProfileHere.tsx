import type { ReactNode } from 'react';
import { Profile } from '../../users/Profile.tsx';
import { useSession } from '../useSession.ts';

export function ProfileHere(): ReactNode {
  return <Profile user={useSession().me.user} />;
}
