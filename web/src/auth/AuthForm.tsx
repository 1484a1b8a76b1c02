import { CircleAlert } from 'lucide-react';
import type { FormEvent, ReactNode, RefObject } from 'react';
import { Banner } from '../ui/Banner.tsx';
import styles from './form.module.css';

interface AuthFormProps {
  readonly onSubmit: (event: FormEvent) => void;
  /** What no single field is to blame for. */
  readonly error: string | undefined;
  readonly ref?: RefObject<HTMLFormElement | null>;
  readonly children: ReactNode;
}

/** A form of `useForm`, with what went wrong above its fields. */
export function AuthForm({ onSubmit, error, ref, children }: AuthFormProps): ReactNode {
  return (
    <form ref={ref} className={styles['form']} onSubmit={onSubmit} noValidate>
      {error !== undefined && (
        <Banner kind="danger" icon={<CircleAlert />} isRounded>
          {error}
        </Banner>
      )}
      {children}
    </form>
  );
}
