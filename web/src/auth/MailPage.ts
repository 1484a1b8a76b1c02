import type { ReactNode } from 'react';
import type { Call } from '../platform/api.ts';

/** What a page is given that a link in a mail leads to, whoever is signed in here. */
export interface MailPageProps {
  readonly call: Call;
  readonly corner: ReactNode;
  /** Into the app, or to where one signs in. */
  readonly onLeave: () => void;
}
