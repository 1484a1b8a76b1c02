import { type ReactNode, useEffect, useState } from 'react';
import type { Call } from '../platform/api.ts';
import { ForgotByMail } from './ForgotByMail.tsx';
import { ForgotScreen } from './ForgotScreen.tsx';
import { askHasMail } from './hasMail.ts';

interface ForgotPasswordProps {
  readonly call: Call;
  readonly corner: ReactNode;
  /** Leads to the sign-in page. */
  readonly other: ReactNode;
}

/** The two ways to a new password: a link by mail, or a code that one has kept. Where no mails go out, the code is first. */
export function ForgotPassword(props: ForgotPasswordProps): ReactNode {
  const hasMail = useHasMail(props.call);
  const [chosen, choose] = useState<'mail' | 'code'>();
  if (hasMail === undefined) return null;
  const way = chosen ?? (hasMail ? 'mail' : 'code');
  if (way === 'mail') return <ForgotByMail {...props} hasMail={hasMail} onByCode={() => choose('code')} />;
  return <ForgotScreen {...props} hasMail={hasMail} onByMail={() => choose('mail')} />;
}

/** Undefined until the server has said so, or failed to. */
function useHasMail(call: Call): boolean | undefined {
  const [hasMail, setHasMail] = useState<boolean>();
  useEffect(() => {
    void askHasMail(call).then((hasIt) => setHasMail(hasIt ?? true));
  }, [call]);
  return hasMail;
}
