import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './TextField.module.css';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'className' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** One sentence: what is wrong and how to put it right. */
  readonly error?: string | undefined;
}

/** A field of several lines. */
export function TextArea({ label, onChange, hint, error, ...rest }: TextAreaProps): ReactNode {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <div className={classes(styles['box'], error !== undefined && styles['invalid'])}>
        <textarea
          {...rest}
          id={id}
          className={classes(styles['input'], styles['lines'])}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {note !== undefined && (
        <div
          id={`${id}-note`}
          className={error === undefined ? styles['hint'] : styles['error']}
          role={error === undefined ? undefined : 'alert'}
        >
          {note}
        </div>
      )}
    </div>
  );
}
