import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';

/** Runs an act whose button or menu may be gone when it ends; says what came of it elsewhere. */
export function useRun(): (act: Promise<unknown>, done?: string) => void {
  const errorText = useErrorText();
  return (act, done) => {
    act.then(
      () => done !== undefined && toast(done, { kind: 'success' }),
      (failure: unknown) => toast(errorText(failure), { kind: 'danger' }),
    );
  };
}
