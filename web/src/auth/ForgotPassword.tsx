import { type ReactNode, useState } from 'react';
import type { Call } from '../platform/api.ts';
import { ForgotByMail } from './ForgotByMail.tsx';
import { ForgotScreen } from './ForgotScreen.tsx';

interface ForgotPasswordProps {
  readonly call: Call;
  readonly corner: ReactNode;
  /** Leads to the sign-in page. */
  readonly other: ReactNode;
}

/** The two ways to a new password: a link by mail, or a code that one has kept. */
export function ForgotPassword(props: ForgotPasswordProps): ReactNode {
  const [way, setWay] = useState<'mail' | 'code'>('mail');
  if (way === 'mail') return <ForgotByMail {...props} onByCode={() => setWay('code')} />;
  return <ForgotScreen {...props} onByMail={() => setWay('mail')} />;
}
