import type { ReactNode } from 'react';

interface OutLinkProps {
  /** http, https or mailto. */
  readonly href: string;
  /** Where it leads, when its words do not say. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** Leads out of Dialog: to a page of its own, which learns nothing of where one came from. */
export function OutLink({ href, title, children }: OutLinkProps): ReactNode {
  return (
    <a
      href={href}
      title={title}
      target="_blank"
      rel="noopener noreferrer"
      dir={title === undefined ? 'ltr' : undefined}
    >
      {children}
    </a>
  );
}
