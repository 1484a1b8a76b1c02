import { useState } from 'react';
import { useErrorText } from './useErrorText.ts';

/** Runs one act at a time and keeps its sentence when it fails. */
export function useAct() {
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  /** Never rejects. What follows a success is best part of the work. */
  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    setBusy(true);
    setError(undefined);
    try {
      return await work();
    } catch (failure) {
      setError(errorText(failure));
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  return { act, isBusy, error };
}
