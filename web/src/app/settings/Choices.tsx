import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './Choices.module.css';

interface ChoicesProps<Value extends string> {
  /** For screen readers; what is seen is the section's title. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string | undefined }[];
  readonly onChange: (value: Value) => void;
  /** Above the words: what it looks like. */
  readonly renderPicture?: (value: Value) => ReactNode;
}

/** One of a few, all of them in sight. */
export function Choices<Value extends string>(props: ChoicesProps<Value>): ReactNode {
  const { label, value, options, onChange, renderPicture } = props;
  const name = useId();
  return (
    <fieldset className={renderPicture ? styles['tiles'] : styles['lines']}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input
            type="radio"
            className={styles['radio']}
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {renderPicture?.(option.value)}
          <span className={styles['words']}>
            <span>{option.label}</span>
            {option.hint !== undefined && <span className={styles['hint']}>{option.hint}</span>}
          </span>
          <Check className={styles['tick']} aria-hidden="true" />
        </label>
      ))}
    </fieldset>
  );
}
