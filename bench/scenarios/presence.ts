import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { messageRoutes } from '@dialog/shared/messages';
import type { presenceEvents } from '@dialog/shared/presence';
import type { PayloadOf } from '@dialog/shared/contract/events';
import { until } from '../../e2e/support/children.ts';
import { now } from '../drivers/clock.ts';
import { dialects, type Person } from '../drivers/dialects.ts';
import { connectWire, type WireSocket } from '../drivers/wire.ts';
import { cpuSeconds } from '../support/processes.ts';
import { mixedChats } from '../support/scene.ts';
import { startSystem } from '../support/systems.ts';
import type { Scenario } from './scenario.ts';

const PEOPLE = 2_000;
const PEOPLE_QUICK = 300;
const CHATS_EACH = 3;
/** Everyone has one chat with all of its people on screen. */
const CHAT_SIZE = 50;
const CONNECTING_AT_ONCE = 100;
const PATIENCE_MS = 60_000;
/** As `web/src/platform/socket.ts` has it: the first tries come within a second of the cut. */
const RETRY_MS = 1_000;
const QUIET_MS = 5_000;

const CARRIES = Buffer.from('["presenceChanged"');

/** Half of them leave and come back while the others look; then their node dies, and all come to the other one. */
export const presence: Scenario = {
  name: 'presence',
  words: `${PEOPLE} people with ${CHAT_SIZE - 1} others on screen each: half leave and come back at once, then their node dies and all come to the other`,
  repeats: 1,
  dialogOnly: true,
  measures: [
    {
      name: 'frames',
      words: 'presence frames in the worst second of any client',
      unit: '/s',
      bar: { atMost: 5 },
      absolute: true,
    },
    { name: 'leftMs', words: 'half gone at once until all others see it', unit: 'ms' },
    { name: 'cameMs', words: '… back at once until all others see it', unit: 'ms' },
    { name: 'rightMs', words: 'node killed until all are back and see all others there', unit: 'ms' },
    { name: 'cpuMsEach', words: 'CPU of that for each of them, all processes', unit: 'ms' },
  ],
  async measure(name, { services, isQuick }) {
    const shape = mixedChats(isQuick ? PEOPLE_QUICK : PEOPLE, CHATS_EACH, CHAT_SIZE);
    const system = await startSystem(name, services, { shape, nodes: 2 });
    const [dying, other] = system.nodes;
    if (!dying || !other) throw new Error('a storm needs two nodes');
    const screens = system.people.map((person) => new Screen(person));
    try {
      await inGroups(screens, (screen) => screen.open(dying.url));
      await allSee(screens, ({ sees }) => sees('all'));
      await sleep(QUIET_MS);
      screens.forEach((screen) => screen.forget());

      // Of each chat one half: whose numbers differ by the number of chats are in one.
      const isSome = (_: Screen, at: number): boolean => Math.floor(at / Math.ceil(shape.people / CHAT_SIZE)) % 2 === 0;
      const [some, rest] = [screens.filter(isSome), screens.filter((screen, at) => !isSome(screen, at))];
      const away = new Set(some.map(({ me }) => me));
      const leftAt = now();
      some.forEach((screen) => screen.close());
      const leftMs = (await allSee(rest, ({ sees }) => sees('none', away))) - leftAt;
      const cameAt = now();
      await inGroups(some, (screen) => screen.open(dying.url));
      const cameMs = (await allSee(rest, ({ sees }) => sees('all'))) - cameAt;
      await sleep(QUIET_MS);

      const survivors = system.pids().filter((pid) => pid !== dying.pid());
      const before = cpuSeconds(survivors);
      const diedAt = now();
      await dying.kill();
      await Promise.all(screens.map((screen) => screen.comeBack(other.url)));
      const rightMs = (await allSee(screens, ({ sees }) => sees('all'))) - diedAt;
      const cpu = cpuSeconds(survivors) - before;
      await sleep(QUIET_MS);
      const frames = Math.max(...screens.map(({ worstSecond }) => worstSecond));
      return { frames, leftMs, cameMs, rightMs, cpuMsEach: (cpu * 1_000) / screens.length };
    } catch (cause) {
      throw new Error(`${String(cause)}\n${other.said()}`, { cause });
    } finally {
      screens.forEach((screen) => screen.close());
      await system.stop();
    }
  },
};

/** One page: whom it shows, what it was told, and how often. */
class Screen {
  me = '';
  private readonly person: Person;
  private watched: readonly string[] = [];
  private readonly states = new Map<string, string>();
  private toldAt: number[] = [];
  private worst = 0;
  private socket: WireSocket | undefined;

  constructor(person: Person) {
    this.person = person;
  }

  async open(url: string): Promise<void> {
    this.states.clear();
    this.socket = await connectWire({
      url,
      from: this.person.from,
      auth: dialects.dialog.auth(this.person),
      hear: (packet) => this.hear(packet),
      onGone: () => undefined,
    });
    if (this.watched.length === 0) await this.look();
    this.say('reportActivity', { isActive: true });
    this.say('watchPeople', { userIds: this.watched });
  }

  async comeBack(url: string): Promise<void> {
    await sleep(Math.random() * RETRY_MS);
    await this.open(url).catch(() => this.comeBack(url));
  }

  /** All, or none of these, are there as far as this page was told. */
  readonly sees = (what: 'all' | 'none', who?: ReadonlySet<string>): boolean => {
    const meant = this.watched.filter((userId) => who?.has(userId) ?? true);
    if (meant.length === 0) throw new Error('nobody is watched');
    return meant.every((userId) => (this.states.get(userId) === 'online') === (what === 'all'));
  };

  get worstSecond(): number {
    return this.worst;
  }

  forget(): void {
    this.toldAt = [];
    this.worst = 0;
  }

  close(): void {
    this.socket?.close();
  }

  private hear(packet: Buffer): void {
    if (!packet.subarray(0, CARRIES.length).equals(CARRIES)) return;
    const at = now();
    this.toldAt = [...this.toldAt.filter((before) => before > at - 1_000), at];
    this.worst = Math.max(this.worst, this.toldAt.length);
    const [, { people }] = JSON.parse(packet.toString()) as [
      string,
      PayloadOf<(typeof presenceEvents)['presenceChanged']>,
    ];
    for (const { userId, state } of people) this.states.set(userId, state);
  }

  /** The people of the first chat. */
  private async look(): Promise<void> {
    const input = { params: { chatId: this.person.chatIds[0] } };
    const answer = await new Promise<string>((resolve) => {
      this.socket?.ask('act', { route: 'openChat', input }, (reply) => resolve(reply.toString()));
    });
    const [{ reply }] = JSON.parse(answer) as [{ reply: RouteReply<typeof messageRoutes.openChat> }];
    const ids = reply.members.map(({ user }) => user.id);
    this.watched = ids.filter((_, at) => reply.members[at]?.user.displayName !== `Person ${this.person.index}`);
    this.me = ids.find((id) => !this.watched.includes(id)) ?? '';
  }

  private say(name: string, payload: unknown): void {
    this.socket?.ask(name, payload, () => undefined);
  }
}

/** Answers when it was so. */
async function allSee(screens: readonly Screen[], holds: (screen: Screen) => boolean): Promise<number> {
  const what = 'all to see it';
  await until(() => screens.every(holds), { what, timeoutMs: PATIENCE_MS, everyMs: 50 }).catch((cause: unknown) => {
    const missing = screens.filter((screen) => !holds(screen)).length;
    throw new Error(`${missing} of ${screens.length} screens are still not right`, { cause });
  });
  return now();
}

async function inGroups(screens: readonly Screen[], work: (screen: Screen) => Promise<void>): Promise<void> {
  for (let from = 0; from < screens.length; from += CONNECTING_AT_ONCE)
    await Promise.all(screens.slice(from, from + CONNECTING_AT_ONCE).map(work));
}
