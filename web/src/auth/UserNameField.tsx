import type { ComponentProps, ReactNode } from 'react';
import { TextField } from '../ui/TextField.tsx';

/** Typed as it is, whatever a keyboard would make of it. */
export function UserNameField(props: ComponentProps<typeof TextField>): ReactNode {
  return (
    <TextField
      autoComplete="username"
      {...props}
      name="userName"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
    />
  );
}
