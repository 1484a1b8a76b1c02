import { createSocket, type Socket } from 'node:dgram';

/** How bad a way is: of so much (0 to 1) nothing arrives, from the browser (`up`) and to it (`down`). */
interface Spoiling {
  readonly up: number;
  readonly down: number;
}

/** One browser's way to the media server. */
export interface UdpFlow {
  spoil(spoiling: Spoiling): void;
}

/** A network between browsers and the media server that loses packets, each flow by itself. */
export interface UdpProxy {
  /** Each browser that has sent anything, in the order of their first packet. */
  flows(): readonly UdpFlow[];
  /** Every flow, those to come among them. */
  spoilAll(spoiling: Spoiling): void;
  close(): void;
}

const GOOD: Spoiling = { up: 0, down: 0 };

/**
 * Listens at `host` and passes on to the same port of 127.0.0.1, where LiveKit is: it then has to announce `host`
 * (`rtc.node_ip`). All of 127.0.0.0/8 is this machine's own on Linux. Which packet is lost is no accident: of each hundred
 * the same ones, so that a test that fails fails again.
 */
export async function udpProxy({ host, port }: { readonly host: string; readonly port: number }): Promise<UdpProxy> {
  const flows = new Map<string, Flow>();
  let general = GOOD;
  const near = createSocket('udp4');
  near.on('message', (packet, from) => {
    const name = `${from.address}:${from.port}`;
    const known = flows.get(name);
    const flow = known ?? createFlow({ port, answer: (answer) => near.send(answer, from.port, from.address), general });
    if (!known) flows.set(name, flow);
    flow.up(packet);
  });
  await new Promise<void>((resolve, reject) => {
    near.once('error', reject);
    near.bind(port, host, resolve);
  });
  return {
    flows: () => [...flows.values()],
    spoilAll(spoiling) {
      general = spoiling;
      for (const flow of flows.values()) flow.spoil(spoiling);
    },
    close() {
      near.close();
      for (const flow of flows.values()) flow.close();
    },
  };
}

interface Flow extends UdpFlow {
  up(packet: Buffer): void;
  close(): void;
}

interface FlowOptions {
  readonly port: number;
  readonly answer: (packet: Buffer) => void;
  readonly general: Spoiling;
}

function createFlow({ port, answer, general }: FlowOptions): Flow {
  const far: Socket = createSocket('udp4');
  const isLost = { up: createDice(), down: createDice() };
  let spoiling = general;
  far.on('message', (packet) => {
    if (!isLost.down(spoiling.down)) answer(packet);
  });
  return {
    up(packet) {
      if (!isLost.up(spoiling.up)) far.send(packet, port, '127.0.0.1');
    },
    spoil(next) {
      spoiling = next;
    },
    close: () => far.close(),
  };
}

/** Spread over the packets as chance would, and the same at each run (the generator of Lehmer). */
function createDice(): (share: number) => boolean {
  let state = 42;
  return (share) => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 < share;
  };
}
