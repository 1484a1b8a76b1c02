/** The push services of the browsers there are (SECURITY attack 12). `*.` stands for one or more names before it. */
const KNOWN_HOSTS = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const;

export interface PushReach {
  /** `PUSH_HOSTS`, besides those known. */
  readonly hosts: readonly string[];
  /** `EGRESS_ALLOW`: `address:port` pairs that are open whatever they are, also without TLS; for tests. */
  readonly allow: readonly string[];
}

/** The host of a push service that may be sent to, or null. Where it leads is checked again when it is sent to. */
export function serviceOf(address: string, { hosts, allow }: PushReach): string | null {
  const url = URL.parse(address);
  // A user in a URL is there to make one host look like another.
  if (!url || url.username !== '' || url.password !== '') return null;
  if (allow.includes(url.host)) return url.host;
  const isPlain = url.protocol === 'https:' && url.port === '';
  return isPlain && [...KNOWN_HOSTS, ...hosts].some((host) => isMeant(url.hostname, host)) ? url.hostname : null;
}

function isMeant(hostName: string, host: string): boolean {
  return host.startsWith('*.')
    ? hostName.endsWith(host.slice(1)) && hostName.length > host.length - 1
    : hostName === host;
}
