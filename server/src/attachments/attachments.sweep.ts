/** Every node sweeps: all it does can be done twice. */
const SWEEP_EVERY_MS = 10 * 60_000;

/** Throws away, now and then, what was never posted. */
export function startSweep(sweep: () => Promise<void>, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => void sweep().catch(onError), SWEEP_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
