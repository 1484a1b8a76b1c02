import type { Clock } from '../../../platform/clock.ts';
import { makePlaces, preferCodecs, type Transceivers } from './slots.ts';

const KEY: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
/** Longer than a call rings. */
const KEPT_MS = 60_000;

/** A connection that nobody has used yet: it looks for no way, so that it shows no address to anybody. */
export interface Spare {
  readonly connection: RTCPeerConnection;
  readonly certificate: RTCCertificate;
  /** Of a side that begins. */
  readonly places?: Transceivers;
}

/** Without servers: those are set when it is used. */
export async function makeSpare({ isBeginning }: { readonly isBeginning: boolean }): Promise<Spare> {
  const certificate = await RTCPeerConnection.generateCertificate(KEY);
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle', certificates: [certificate] });
  return { connection, certificate, ...(isBeginning && { places: placesOf(connection) }) };
}

export function placesOf(connection: RTCPeerConnection): Transceivers {
  const places = makePlaces(connection);
  preferCodecs(places);
  return places;
}

/** It, with these servers, where this side begins or does not as it was thought; another one elsewhere. */
export function connectionFrom(
  spare: Spare | null,
  { isBeginning, configuration }: { readonly isBeginning: boolean; readonly configuration: RTCConfiguration },
): Pick<Spare, 'connection' | 'places'> {
  if (spare && isBeginning === (spare.places !== undefined)) {
    spare.connection.setConfiguration(configuration);
    return spare;
  }
  spare?.connection.close();
  return { connection: new RTCPeerConnection(configuration) };
}

export type Spares = ReturnType<typeof createSpares>;

/** One to begin with, made while it rings: after a press each of these steps would keep the first word waiting. */
export function createSpares({ clock }: { readonly clock: Pick<Clock, 'after'> }) {
  let spare: Promise<Spare> | null = null;
  let stopKeeping = (): void => {};

  function take(): Promise<Spare> {
    stopKeeping();
    const taken = spare ?? makeSpare({ isBeginning: true });
    spare = null;
    return taken;
  }

  function drop(): void {
    void take().then(({ connection }) => connection.close());
  }

  return {
    take,
    prepare(): void {
      if (spare) return;
      spare = makeSpare({ isBeginning: true });
      spare.catch(() => {}); // Whoever takes it hears of it.
      stopKeeping = clock.after(KEPT_MS, drop);
    },
  };
}
