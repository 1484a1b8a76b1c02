interface Repeated {
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Does something again and again, each time so long after the last one ended, whether or not that failed. Answers how to
 * stop: what is under way ends, and nothing follows it.
 */
export function repeat(work: () => Promise<void>, { everyMs, onError }: Repeated): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const schedule = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void work().catch(onError).finally(schedule), everyMs);
    timer.unref();
  };
  schedule();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
