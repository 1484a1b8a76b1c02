import { aboutRoutes } from '@dialog/shared/about';
import { PROTOCOL_VERSION } from '@dialog/shared/protocol';
import type { Router } from '../platform/http/router.ts';

interface About {
  readonly version: string;
  /** Asked at each request: the port is known only once the server listens. */
  readonly tlsPort: () => number | null;
  readonly hasGifs: boolean;
  readonly hasFfmpeg: boolean;
  readonly hasMail: boolean;
}

export function serveAbout(router: Router, { version, tlsPort, ...has }: About): void {
  router.serve(aboutRoutes.getAbout, async () => ({
    version,
    protocol: PROTOCOL_VERSION,
    tlsPort: tlsPort(),
    ...has,
  }));
}
