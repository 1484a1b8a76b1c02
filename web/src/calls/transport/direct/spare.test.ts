import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestClock } from '../../../testing/testClock.ts';
import { connectionFrom, createSpares, makeSpare } from './spare.ts';

/** As much of a connection as is made ahead. */
class Connection {
  static readonly all: Connection[] = [];
  static readonly generateCertificate = (): Promise<object> => Promise.resolve({});
  servers: unknown = null;
  isClosed = false;
  places = 0;
  readonly given: RTCConfiguration;
  constructor(given: RTCConfiguration) {
    this.given = given;
    Connection.all.push(this);
  }
  addTransceiver(): object {
    this.places += 1;
    return { setCodecPreferences() {} };
  }
  setConfiguration({ iceServers }: RTCConfiguration): void {
    this.servers = iceServers;
  }
  close(): void {
    this.isClosed = true;
  }
}

const SERVERS = { iceServers: [{ urls: 'stun:127.0.0.1' }] };

beforeEach(() => {
  Connection.all.length = 0;
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal('MediaStream', EventTarget);
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => null });
});
afterEach(() => vi.unstubAllGlobals());

test('what was made while it rang is used once, with the servers of the call', async () => {
  const spares = createSpares({ clock: createTestClock() });
  spares.prepare();
  spares.prepare();
  const spare = await spares.take();
  expect(Connection.all).toHaveLength(1);
  expect(Connection.all[0]).toMatchObject({ places: 4, servers: null });
  expect(connectionFrom(spare, { isBeginning: true, configuration: SERVERS })).toBe(spare);
  expect(Connection.all[0]?.servers).toBe(SERVERS.iceServers);
  expect((await spares.take()).connection).not.toBe(spare.connection);
});

test('what nobody used within a minute is closed', async () => {
  const clock = createTestClock();
  const spares = createSpares({ clock });
  spares.prepare();
  await clock.advance(60_000);
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([true]);
  spares.prepare();
  await spares.take();
  await clock.advance(60_000);
  expect(Connection.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('places are of no use to the side that waits for an offer: it has another connection', async () => {
  const spare = await makeSpare({ isBeginning: true });
  const { connection, places } = connectionFrom(spare, { isBeginning: false, configuration: SERVERS });
  expect(places).toBeUndefined();
  expect(connection).not.toBe(spare.connection);
  expect(connection).toMatchObject({ given: SERVERS, isClosed: false });
  expect(spare.connection).toMatchObject({ isClosed: true });
});
