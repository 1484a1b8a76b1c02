import { cpus, release, totalmem } from 'node:os';

/** The machine in one line, as far as figures depend on it. */
export function describeMachine(): string {
  const [first] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model ?? 'unknown'}), ${gib} GiB, Linux ${release()}, Node ${process.versions.node}`;
}
