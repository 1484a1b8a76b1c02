import { readFileSync, writeFileSync } from 'node:fs';

/** Forgets how much memory a process has held at most so far (proc(5), `clear_refs`), and answers what it holds now, in MB. */
export function beginPeak(pid: number): number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return megabytes(pid, 'VmRSS');
}

/** The most it has held since then, in MB. */
export function peakMegabytes(pid: number): number {
  return megabytes(pid, 'VmHWM');
}

function megabytes(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1_024) / 1e6;
}
