/**
 * Why a camera or microphone does not give anything. `blocked`: by the browser, for this site; `dismissed`: the
 * browser asked and got no answer; `blocked-by-site`: this site's own pages are not allowed to ask.
 */
export type DeviceProblem =
  | 'blocked'
  | 'dismissed'
  | 'blocked-by-site'
  | 'blocked-by-system'
  | 'in-use'
  | 'missing'
  | 'insecure'
  | 'failed';

/** Reads what getUserMedia and getDisplayMedia reject with. */
export function problemOf(failure: unknown): DeviceProblem {
  if (!(failure instanceof Error)) return 'failed';
  switch (failure.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return refusalOf(failure.message.toLowerCase());
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

/** Only Chromium says more than "no". */
function refusalOf(message: string): DeviceProblem {
  if (message.includes('system')) return 'blocked-by-system';
  if (message.includes('dismissed')) return 'dismissed';
  if (message.includes('permissions policy') || message.includes('feature policy')) return 'blocked-by-site';
  return 'blocked';
}

export type Browser = 'chromium' | 'chromiumPhone' | 'firefox' | 'firefoxPhone' | 'safari' | 'safariPhone';
export type System = 'windows' | 'mac' | 'android' | 'ios' | 'linux';

/** On an iPhone every browser is Safari underneath, and an iPad calls itself a Mac. */
export function browserOf(userAgent: string, touchPoints: number): { browser: Browser; system: System } {
  const system = systemOf(userAgent, touchPoints);
  if (system === 'ios') return { browser: 'safariPhone', system };
  const isPhone = system === 'android';
  if (/Firefox\//.test(userAgent)) return { browser: isPhone ? 'firefoxPhone' : 'firefox', system };
  if (/Chrome\//.test(userAgent)) return { browser: isPhone ? 'chromiumPhone' : 'chromium', system };
  return { browser: 'safari', system };
}

function systemOf(userAgent: string, touchPoints: number): System {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Macintosh/.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac';
  if (/Android/.test(userAgent)) return 'android';
  return /Windows/.test(userAgent) ? 'windows' : 'linux';
}

/** The key of the sentence that says the way out; null where the problem's own sentence says all there is. */
export function wayOutOf(problem: DeviceProblem, { browser, system }: ReturnType<typeof browserOf>) {
  if (problem === 'blocked') return `wayOut-${browser}` as const;
  if (problem === 'blocked-by-system') return `wayOut-${system}` as const;
  return null;
}
