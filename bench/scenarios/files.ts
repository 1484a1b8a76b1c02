import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filePath, uploadPath, UPLOADS_PATH } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';
import { freePort, startChild, until } from '../../e2e/support/children.ts';
import { dialogServer, newMasterKey, prepareSchema } from '../../e2e/support/dialogServer.ts';
import { makeGroup, seedPeople } from '../../e2e/support/people.ts';
import { dropSchema, freshSchema } from '../../e2e/support/services.ts';
import { newId } from '../../server/src/platform/ids.ts';
import { beginPeak, peakMegabytes } from '../support/memory.ts';
import { cpuSeconds } from '../support/processes.ts';
import { median } from '../support/stats.ts';
import type { Figures, Run, Scenario } from './scenario.ts';

const SCHEMA = 'bench_files';
const BYTES = 200e6;
const QUICK_BYTES = 40e6;
/** Code is compiled and connections are made before anything is measured. */
const WARM_UP_BYTES = 20e6;
const TIMES = 3;
/** So much of the file is written to the socket at a time. */
const PIECE_BYTES = 1024 * 1024;
const GROWTH_MAX_MB = 50;
const LIMITS_TIMES = 1_000_000;

/** One file up and down at a time, over plain HTTP, by the same client. */
interface FilesSystem {
  readonly url: string;
  readonly pid: number;
  /** Processes whose CPU it answers for. */
  readonly pids: readonly number[];
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  pathOf(id: AttachmentId): string;
  stop(): Promise<void>;
}

/** What one way of one file took. */
interface Way {
  readonly perSecond: number;
  readonly growth: number;
  readonly cpuPerGb: number;
}

export const files: Scenario = {
  name: 'files',
  words: 'a file of 200 MB, sealed, against @tus/server with its file store and @fastify/static',
  measures: [
    { name: 'up', words: `up, median of ${TIMES}`, unit: 'MB/s', bar: { atLeast: 0.5 } },
    { name: 'down', words: `down, median of ${TIMES}`, unit: 'MB/s', bar: { atLeast: 0.5 } },
    ...(['up', 'down'] as const).flatMap((way) => [
      {
        name: `${way}Growth`,
        words: `memory of the node on the way ${way}, peak above what it held before`,
        unit: 'MB',
        bar: { atMost: GROWTH_MAX_MB },
        absolute: true,
      },
      { name: `${way}Cpu`, words: `CPU of the way ${way}, all processes`, unit: 's/GB' },
    ]),
  ],
  async measure(name, run): Promise<Figures> {
    const system = await (name === 'bare' ? startBare() : startDialog(run));
    try {
      const content = randomBytes(run.isQuick ? QUICK_BYTES : BYTES);
      await down(system, await up(system, content.subarray(0, WARM_UP_BYTES)), WARM_UP_BYTES);
      const ups: Way[] = [];
      const downs: Way[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const id = newId<AttachmentId>();
        ups.push(await measured(system, content.length, () => up(system, content, id)));
        downs.push(await measured(system, content.length, () => down(system, id, content.length)));
      }
      return { ...named('up', ups), ...named('down', downs) };
    } finally {
      await system.stop();
    }
  },
};

function named(way: 'up' | 'down', ways: readonly Way[]): Figures {
  return {
    [way]: median(ways.map(({ perSecond }) => perSecond)),
    [`${way}Growth`]: Math.max(...ways.map(({ growth }) => growth)),
    [`${way}Cpu`]: median(ways.map(({ cpuPerGb }) => cpuPerGb)),
  };
}

async function measured({ pid, pids }: FilesSystem, bytes: number, work: () => Promise<unknown>): Promise<Way> {
  const [before, cpuBefore, startedAt] = [beginPeak(pid), cpuSeconds(pids), performance.now()];
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    perSecond: bytes / 1e6 / seconds,
    growth: peakMegabytes(pid) - before,
    cpuPerGb: (cpuSeconds(pids) - cpuBefore) / (bytes / 1e9),
  };
}

/** As tus-js-client does it: told, then sent in one request. Resolves when the server says that it has it. */
async function up(
  system: FilesSystem,
  content: Buffer<ArrayBuffer>,
  id = newId<AttachmentId>(),
): Promise<AttachmentId> {
  const headers = { ...system.headers, 'tus-resumable': '1.0.0' };
  const said = Object.entries({ id, name: 'bench.bin', ...system.metadata });
  const told = await ask(`${system.url}${UPLOADS_PATH}`, 'POST', {
    ...headers,
    'upload-length': String(content.length),
    'upload-metadata': said.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
  });
  await drained(told, 0);
  const sent = await ask(
    `${system.url}${uploadPath(id)}`,
    'PATCH',
    { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    content,
  );
  await drained(sent, 0);
  return id;
}

async function down(system: FilesSystem, id: AttachmentId, bytes: number): Promise<void> {
  const answer = await ask(`${system.url}${system.pathOf(id)}`, 'GET', system.headers);
  await drained(answer, bytes);
}

async function drained(answer: IncomingMessage, bytes: number): Promise<void> {
  let received = 0;
  for await (const piece of answer) received += (piece as Buffer).length;
  const { statusCode = 0 } = answer;
  if (statusCode < 200 || statusCode > 299 || received < bytes)
    throw new Error(`${statusCode} after ${received} of ${bytes} bytes`);
}

// oxlint-disable-next-line max-params -- as `fetch` has it, which is slower than what is measured
function ask(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = Buffer.alloc(0),
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = method === 'GET' ? {} : { 'content-length': String(body.length) };
    const asked = request(url, { method, headers: { ...headers, ...length } }, resolve);
    asked.once('error', reject);
    let at = 0;
    const send = (): void => {
      while (at < body.length) {
        at += PIECE_BYTES;
        if (!asked.write(body.subarray(at - PIECE_BYTES, at))) return void asked.once('drain', send);
      }
      asked.end();
    };
    send();
  });
}

async function startBare(): Promise<FilesSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'dialog-bare-files-'));
  const port = await freePort();
  const script = new URL('../baseline/files.ts', import.meta.url).pathname;
  const child = startChild([process.execPath, script], {
    env: { NODE_ENV: 'production', PORT: `${port}`, FOLDER: folder },
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(url)).ok, { what: `the baseline\n${child.said()}` });
  return {
    url,
    pid: child.pid,
    pids: [child.pid],
    headers: {},
    metadata: {},
    pathOf: (id) => `/files/${id}`,
    async stop() {
      await child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startDialog({ services }: Run): Promise<FilesSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'dialog-sealed-files-'));
  const databaseUrl = await freshSchema(services.database.url, SCHEMA);
  await prepareSchema(databaseUrl);
  const server = await dialogServer({
    databaseUrl,
    redisUrl: services.redis.url,
    masterKey: newMasterKey(),
    limitsTimes: LIMITS_TIMES,
    env: { DIALOG_DATA: folder },
  });
  await server.start();
  const [person] = await seedPeople(databaseUrl, 1);
  if (!person) throw new Error('nobody');
  return {
    url: server.url,
    pid: server.pid(),
    pids: [server.pid(), services.database.pid(), services.redis.pid()],
    headers: { authorization: `Bearer ${person.token}` },
    metadata: { chatId: await makeGroup(server.url, [person]) },
    pathOf: (id) => filePath(id, 'original'),
    async stop() {
      await server.kill();
      await dropSchema(services.database.url, SCHEMA);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
