import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ownDatabase, ownRedis } from '../e2e/support/services.ts';
import type { SystemName } from './drivers/dialects.ts';
import { busy } from './scenarios/busy.ts';
import { calm } from './scenarios/calm.ts';
import { direct } from './scenarios/direct.ts';
import { files } from './scenarios/files.ts';
import { join as joinCall } from './scenarios/join.ts';
import { presence } from './scenarios/presence.ts';
import { queries } from './scenarios/queries.ts';
import { restart } from './scenarios/restart.ts';
import { crowded, room } from './scenarios/room.ts';
import type { Figures, Run, Scenario } from './scenarios/scenario.ts';
import { warmStart } from './scenarios/start.ts';
import { scrolling } from './scenarios/scrolling.ts';
import { idle, storm } from './scenarios/storm.ts';
import { watching } from './scenarios/watching.ts';
import { describeMachine } from './support/machine.ts';
import { updateReport, writeReport } from './support/report.ts';

const SCENARIOS: readonly Scenario[] = [
  calm,
  crowded,
  room,
  busy,
  idle,
  storm,
  presence,
  queries,
  files,
  scrolling,
  direct,
  joinCall,
  watching,
  restart,
  warmStart,
];
const REPEATS = 5;
const REPORT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const { values: given } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    repeats: { type: 'string' },
    /** Of a part: its rows in the report are these from now on. */
    write: { type: 'boolean', default: false },
    /** A remark for the report, for example who else used the machine. */
    remark: { type: 'string' },
  },
});

const scenarios = chosen(given.only?.split(','));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'dialog-bench-'));
const services = { database: await ownDatabase(folder), redis: await ownRedis() };
await Promise.all([services.database.start(), services.redis.start()]);
const soFar = new Map<string, Partial<Record<SystemName, number[]>>>();
const loadBefore = loadavg()[0] ?? 0;
const failures: string[] = [];
try {
  for (const scenario of scenarios) await repeat(scenario, { services, isQuick: given.quick, soFar });
} finally {
  await Promise.all([services.database.stop(), services.redis.stop()]);
  await rm(folder, { recursive: true, force: true });
}
const report = writeReport({ scenarios, soFar, preface: preface() });
say(report);
// A smoke is no measurement, and a part takes the place of itself alone.
if (!given.quick && given.only === undefined) await writeFile(REPORT, report);
if (!given.quick && given.only !== undefined && given.write)
  await writeFile(REPORT, updateReport(await readFile(REPORT, 'utf8'), { scenarios, soFar, when: when() }));
for (const failure of failures) say(`FAILED ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);

function chosen(names: readonly string[] | undefined): readonly Scenario[] {
  const unknown = names?.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(
      `no such scenario: ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`,
    );
  return SCENARIOS.filter(({ name }) => names?.includes(name) ?? true);
}

/** One system at a time, the first one changing from repeat to repeat. */
async function repeat(scenario: Scenario, run: Run): Promise<void> {
  const most = given.repeats ? Number(given.repeats) : REPEATS;
  const repeats = given.quick ? 1 : Math.min(most, scenario.repeats ?? most);
  for (let round = 0; round < repeats; round += 1) {
    const order: readonly SystemName[] = round % 2 === 0 ? ['bare', 'dialog'] : ['dialog', 'bare'];
    for (const system of scenario.dialogOnly ? (['dialog'] as const) : order) {
      await measureOnce(scenario, { system, run, round });
    }
  }
}

async function measureOnce(
  scenario: Scenario,
  { system, run, round }: { system: SystemName; run: Run; round: number },
): Promise<void> {
  try {
    const figures = await scenario.measure(system, run);
    keep(scenario, system, figures);
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(2)}`);
    say(`${scenario.name} ${round + 1} ${system}: ${shown.join(', ')}`);
  } catch (error) {
    failures.push(`${scenario.name} ${round + 1} ${system}: ${String(error)}`);
    say(failures.at(-1) ?? '');
  }
}

function keep(scenario: Scenario, system: SystemName, figures: Figures): void {
  for (const [name, value] of Object.entries(figures)) {
    const key = `${scenario.name}.${name}`;
    const values = soFar.get(key) ?? {};
    values[system] = [...(values[system] ?? []), value];
    soFar.set(key, values);
  }
}

function when(): string {
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, load ${loadBefore.toFixed(2)}`;
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
}

function preface(): string[] {
  return [
    '# How fast it is',
    '',
    'Written by `npm run bench`. Dialog as in production, with all its laws, encryption and limits on (the limits raised, not off), against a bare baseline in the same',
    'language (`bench/baseline/server.ts`: Socket.IO, one autocommit INSERT per message). Both on the same durable MariaDB, one at a time, the order rotated; medians of the repeats.',
    'Drivers are separate processes; each receiver checks every message exactly once and in order, and a run with a fault is no measurement. CPU seconds are those of node,',
    'database and Redis together.',
    '',
    'A part of it: `npm run bench -- --only queries,files,scrolling` (any of the scenarios in `bench/scenarios`), with `--repeats 1` once, with `--quick` as a smoke; a full run',
    'writes this file, and a part with `--write` its own rows in it. `queries` seeds 10,000 and 1,000,000 messages and asks as a person in 1,000 chats. `files` sends 200 MB up by tus and gets them by GET, one after another, by',
    'the same client, from Dialog and from `bench/baseline/files.ts`; what the node held at most is the kernel’s own figure. `scrolling` seeds one chat of 100,000 messages, opens the',
    'built app (`npm run build` first) in Chromium, scrolls over 10,000 of them at 7,200 px a second, jumps to twenty dates and scrolls about there; its baseline is a page of plain rows,',
    'which tells what the machine itself drops, and the processor time of the page’s own thread for a frame is what another load changes least. `direct`, `join` and `watching` open the',
    'built app in Chromium with its fake camera and microphone (`direct`: one that sounds all the time). `direct`’s baseline is a page with an RTCPeerConnection, a WebSocket that passes on',
    'what the two say, and one’s own picture; both are listened to where sound is played, by an audio worklet. `join`’s and `watching`’s is a page with livekit-client and no layout. The 25 members of `watching` are `@livekit/rtc-node` in one process,',
    'with accounts, let in by the server; `restart` kills the media server. A tile is drawn in vain when React ran a component of it and nothing of its HTML was another one afterwards.',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} on ${describeMachine()}, commit ${commit()}. Load of the machine before the run: ${loadBefore.toFixed(2)}.`,
    ...(given.remark ? ['', given.remark] : []),
  ];
}
