import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './TextField.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Leaves the label to screen readers, where the place says enough (a search box). */
  readonly isLabelHidden?: boolean;
  readonly hint?: ReactNode;
  /** One sentence: what is wrong and how to put it right. */
  readonly error?: string | undefined;
  readonly lead?: ReactNode;
  readonly trail?: ReactNode;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, onChange, isLabelHidden, hint, error, lead, trail, ...rest } = props;
  const id = useId();
  const hasNote = hint !== undefined || error !== undefined;
  return (
    <div className={styles['field']}>
      <label className={isLabelHidden === true ? 'visually-hidden' : styles['label']} htmlFor={id}>
        {label}
      </label>
      <div className={classes(styles['box'], error !== undefined && styles['invalid'])}>
        {lead !== undefined && <span className={styles['lead']}>{lead}</span>}
        <input
          {...rest}
          id={id}
          className={styles['input']}
          aria-invalid={error !== undefined}
          aria-describedby={hasNote ? `${id}-note` : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {trail !== undefined && <span className={styles['trail']}>{trail}</span>}
      </div>
      <div id={`${id}-note`} hidden={!hasNote}>
        {error === undefined ? <div className={styles['hint']}>{hint}</div> : <FieldError text={error} />}
      </div>
    </div>
  );
}

function FieldError({ text }: { readonly text: string }): ReactNode {
  return (
    <div className={styles['error']} role="alert">
      <CircleAlert aria-hidden="true" />
      {text}
    </div>
  );
}
