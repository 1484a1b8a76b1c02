import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../../e2e/support/children.ts';
import type { Place } from './members.ts';

const PATIENCE_MS = 60_000;

/**
 * Resolves when all are in their room, in a process of their own, and begin to speak in turn. One after the other: a
 * place is good for a minute.
 */
export async function bringMembers(places: readonly (() => Promise<Place>)[]): Promise<Child> {
  const script = fileURLToPath(new URL('./members.ts', import.meta.url));
  const child = startChild([process.execPath, script], { hasChannel: true });
  try {
    for (const place of places) await order(child, await place());
    await order(child, 'live');
  } catch (cause) {
    await child.kill('SIGKILL');
    throw cause;
  }
  return child;
}

async function order(child: Child, what: Place | 'live'): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (why: string): void => reject(new Error(`the members of the call: ${why}\n${child.said()}`));
  const patience = setTimeout(() => fail('not in it in time'), PATIENCE_MS);
  const gone = (): void => fail('gone');
  child.process.once('exit', gone);
  child.process.once('message', ({ error }: { readonly error?: string }) => {
    if (error === undefined) resolve();
    else fail(error);
  });
  child.process.send(what);
  await promise.finally(() => {
    clearTimeout(patience);
    child.process.off('exit', gone);
  });
}
