import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Target } from './target.ts';

/** Says who asks, so that a site's operator can refuse us. */
const USER_AGENT = 'Mozilla/5.0 (compatible; Dialog; link preview)';

export interface RequestWish {
  /** Media types, as `Accept` has them. */
  readonly accept: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * One GET, without cookies, to one of the checked addresses and no other: the name is not looked up again, while `Host`
 * and the name in the certificate stay the URL's. The connection is used once.
 */
export function request({ url, addresses }: Target, { accept, signal }: RequestWish): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'GET',
    agent: false,
    lookup: pinnedTo(addresses),
    signal,
    headers: { accept: accept.join(', '), 'accept-encoding': 'gzip, br', 'user-agent': USER_AGENT },
  };
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    send(url, options, resolve).once('error', reject).end();
  });
}

export function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostName, { all }, answer) => {
    const [first] = found;
    if (all) answer(null, found);
    else answer(null, first?.address ?? '', first?.family);
  };
}
