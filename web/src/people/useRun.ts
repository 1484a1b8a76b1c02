import { useState } from 'react';
import { useErrorText } from '../platform/useErrorText.ts';
import { toast } from '../ui/toast.ts';

/** Runs an act whose button or menu may be gone when it ends; says what came of it elsewhere. */
export function useRun() {
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);

  async function carryOut(act: () => Promise<unknown>, done: string | undefined): Promise<void> {
    setBusy(true);
    try {
      await act();
      if (done !== undefined) toast(done, { kind: 'success' });
    } catch (failure) {
      toast(errorText(failure), { kind: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return { run: (act: () => Promise<unknown>, done?: string): void => void carryOut(act, done), isBusy };
}
