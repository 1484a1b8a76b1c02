import * as z from 'zod/mini';

export interface PushConfig {
  /** The operator's own keys; null: the server made some and keeps them. */
  readonly keys: { readonly publicKey: string; readonly privateKey: string } | null;
  /** Who answers for the pushes of this server. */
  readonly subject: string;
  /** Hosts of push services besides those of the browsers; `*.example.org` for all below it. */
  readonly hosts: readonly string[];
}

const Hosts = z.pipe(
  z.string(),
  z.transform((text: string) =>
    text
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ''),
  ),
);

export const pushEnvironment = {
  VAPID_PUBLIC_KEY: z.optional(z.string().check(z.regex(/^[\w-]{87}$/))),
  VAPID_PRIVATE_KEY: z.optional(z.string().check(z.regex(/^[\w-]{43}$/))),
  VAPID_SUBJECT: z.optional(z.string().check(z.regex(/^(mailto:.+@.+|https:\/\/.+)$/))),
  PUSH_HOSTS: z.optional(z.pipe(Hosts, z.array(z.string().check(z.regex(/^(\*\.)?([a-z\d-]+\.)+[a-z\d-]+$/))))),
};

const Environment = z.object({ ...pushEnvironment, PUBLIC_ORIGINS: z.optional(z.array(z.string())) });

/** Services want somebody they could write to; some refuse names that are none. */
const NOBODY = 'mailto:nobody@dialog.invalid';

export function pushIn(read: z.infer<typeof Environment>): PushConfig {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT, PUSH_HOSTS: hosts = [] } = read;
  if ((publicKey === undefined) !== (privateKey === undefined))
    throw new Error('VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY go together.');
  const address = read.PUBLIC_ORIGINS?.find((origin) => origin.startsWith('https:'));
  return {
    keys: publicKey !== undefined && privateKey !== undefined ? { publicKey, privateKey } : null,
    subject: VAPID_SUBJECT ?? address ?? NOBODY,
    hosts,
  };
}
