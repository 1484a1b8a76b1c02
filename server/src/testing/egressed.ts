import { createEgress, type Egress, type Wanted } from '../platform/egress/egress.ts';
import { EgressRefusal } from '../platform/egress/egressRefusal.ts';
import type { Resolve } from '../platform/egress/target.ts';
import type { Answer } from './loopbackSite.ts';

/** Nothing of these tests leaves the machine: names are answered by the test, and what is open is named. */

export const HTML: Wanted = { types: ['text/html'], maxBytes: 1_000, whenLarger: 'cut' };

interface EgressWish {
  readonly allow?: readonly string[];
  readonly names?: Readonly<Record<string, readonly string[]>>;
  readonly timeoutMs?: number;
}

export function anEgress({ allow = [], names = {}, timeoutMs = 2_000 }: EgressWish): Egress & {
  /** Names that were looked up. */
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  const resolve: Resolve = async (name) => {
    asked.push(name);
    return names[name] ?? [];
  };
  return { ...createEgress({ allow, resolve, timeoutMs }), asked };
}

export function page(text: string): Answer {
  return (_request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

export async function faultOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fetched',
    (error: unknown) => (error instanceof EgressRefusal ? error.fault : String(error)),
  );
}
