import type { ReactNode } from 'react';

/** What else can be picked where emoji are. */
export interface PickerTab {
  readonly label: string;
  readonly render: (close: () => void) => ReactNode;
}
