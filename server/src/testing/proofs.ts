import { authRoutes } from '@dialog/shared/auth';
import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { secondFactorRoutes, type SecondProof, type SecondStep } from '@dialog/shared/auth.secondFactor';
import { Secret, TOTP } from 'otpauth';
import { toBytes } from '../platform/ids.ts';
import { callRoute, personOf, type Person } from './people.ts';
import { createSoftPasskey, type SoftPasskey } from './softPasskey.ts';
import type { TestApp, TestNode } from './startTestApp.ts';

const STEP_MS = 30_000;
/** A test that begins so shortly before a step ends waits for the next. */
const HURRY_MS = 6_000;
/** Timers may come a little early. */
const TIMER_SLACK_MS = 100;

/** So that a code of the step before, or of now, is still one when it arrives. */
export async function awayFromStepsEnd(): Promise<void> {
  const leftMs = STEP_MS - (Date.now() % STEP_MS);
  if (leftMs < HURRY_MS) await new Promise((resolve) => setTimeout(resolve, leftMs + TIMER_SLACK_MS));
}

/** What an app with this secret shows, some steps from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });
}

/** Turns one-time codes on with the code of the step before, so that that of now is still to be had. */
export async function turnOnTotp(person: Person): Promise<string> {
  const { secret } = await person.call(secondFactorRoutes.beginTotp);
  await awayFromStepsEnd();
  await person.call(secondFactorRoutes.turnOnTotp, { body: { code: codeOf(secret, -1) } });
  return secret;
}

/** The first step of somebody who has a second. */
export async function firstStep(
  node: TestNode,
  { userName, password }: Pick<Person, 'userName' | 'password'>,
  headers: Readonly<Record<string, string>> = {},
): Promise<SecondStep> {
  const body = { userName, password, keep: 'bearer' } as const;
  const answer = await callRoute({ url: node.url, route: authRoutes.signIn, request: { body }, headers });
  if (answer.kind !== 'second-factor') throw new Error('no second step is asked for');
  return answer;
}

export async function secondStep(
  node: TestNode,
  person: Person,
  given: {
    readonly challenge: string;
    readonly proof: SecondProof;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Person> {
  const { challenge, proof, headers = {} } = given;
  const body = { challenge, proof, keep: 'bearer' } as const;
  const signedIn = await callRoute({
    url: node.url,
    route: secondFactorRoutes.finishSignIn,
    request: { body },
    headers,
  });
  return personOf(node, { ...signedIn, userName: person.userName, password: person.password });
}

/** As their browser would add it, on a page of this origin. */
export async function addPasskey(node: TestNode, person: Person, origin: string): Promise<SoftPasskey> {
  const passkey = createSoftPasskey();
  const headers = { origin, authorization: `Bearer ${person.token}` };
  const wanted = await callRoute({ url: node.url, route: passkeyRoutes.beginPasskey, headers });
  const body = { name: 'Laptop', made: passkey.make(wanted, { origin }) };
  await callRoute({ url: node.url, route: passkeyRoutes.addPasskey, request: { body }, headers });
  return passkey;
}

/** The session proved its person so long ago. */
export async function letTimePass(app: TestApp, { sessionId }: Person, minutes: number): Promise<void> {
  await app.app.db.run('UPDATE sessions SET confirmed_at = confirmed_at - INTERVAL :minutes MINUTE WHERE id = :id', {
    minutes,
    id: toBytes(sessionId),
  });
}

/** How many were done, and what the others were answered. */
export async function tally(tries: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(tries)) {
    const what = result.status === 'fulfilled' ? 'ok' : (result.reason as Error).message;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}
