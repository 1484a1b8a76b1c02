/** Why a camera or microphone does not give anything. */
export type DeviceProblem = 'blocked' | 'blocked-by-system' | 'in-use' | 'missing' | 'insecure' | 'failed';

/** Reads what getUserMedia and getDisplayMedia reject with. */
export function problemOf(failure: unknown): DeviceProblem {
  if (!(failure instanceof Error)) return 'failed';
  switch (failure.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return failure.message.toLowerCase().includes('system') ? 'blocked-by-system' : 'blocked';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    case 'InsecureContextError':
      return 'insecure';
    default:
      return 'failed';
  }
}
