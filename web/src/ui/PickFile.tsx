import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';

interface PickFileProps {
  readonly label: string;
  readonly kind?: 'primary' | 'secondary';
  /** As in `accept` of an input. */
  readonly accept: string;
  readonly onPick: (file: File) => void;
}

/** A button that asks for one file. */
export function PickFile({ label, kind = 'secondary', accept, onPick }: PickFileProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onPick(file);
          // The same file again is a change as well.
          target.value = '';
        }}
      />
    </>
  );
}
