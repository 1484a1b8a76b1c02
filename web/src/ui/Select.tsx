import { type ReactNode, Suspense } from 'react';
import styles from './Select.module.css';
import { lazy } from '../platform/late.ts';

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
  readonly lead?: ReactNode;
}

// A component with a type parameter loses it in `lazy`; what comes back is one of the options that went in.
const SelectPopup = lazy(async () => ({ default: (await import('./SelectPopup.tsx')).SelectPopup<string> }));

/** One of several. Its list, and all that positions it, comes a moment after the field, which keeps its place. */
export function Select<Value extends string>({ onChange, ...props }: SelectProps<Value>): ReactNode {
  function choose(value: string): void {
    const option = props.options.find((one) => one.value === value);
    if (option) onChange(option.value);
  }
  return (
    <Suspense fallback={<Field {...props} />}>
      <SelectPopup {...props} onChange={choose} />
    </Suspense>
  );
}

/** The field without its list. */
function Field({ label, isLabelHidden = false, value, options }: Omit<SelectProps<string>, 'onChange'>): ReactNode {
  return (
    <div className={styles['field']}>
      <span className={isLabelHidden ? 'visually-hidden' : styles['label']}>{label}</span>
      <span className={styles['trigger']} data-disabled="">
        <span className={styles['value']}>{options.find((option) => option.value === value)?.label}</span>
      </span>
    </div>
  );
}
