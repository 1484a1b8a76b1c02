import { EMAIL_MAX } from '@dialog/shared/auth.email';
import type { ComponentProps, ReactNode } from 'react';
import { TextField } from '../ui/TextField.tsx';

export function EmailField(props: ComponentProps<typeof TextField>): ReactNode {
  return (
    <TextField
      autoComplete="email"
      {...props}
      name="email"
      type="email"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={EMAIL_MAX}
    />
  );
}
