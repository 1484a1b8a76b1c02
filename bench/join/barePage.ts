import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { OwnLivekit } from '../../e2e/support/livekit.ts';

/**
 * The least page that joins a LiveKit room: livekit-client as it comes, a button, the first remote picture.
 * `window.firstFrameMs` is the time from the click to the first decoded frame of someone else.
 */
const PAGE = `<!doctype html><title>bare</title><button id="join">join</button><script src="/livekit.js"></script><script>
const query = new URLSearchParams(location.search);
join.onclick = async () => {
  const clickedAt = performance.now();
  const room = new LivekitClient.Room({ adaptiveStream: true, dynacast: true });
  room.on('trackSubscribed', (track) => {
    const element = track.attach();
    document.body.append(element);
    if (track.kind === 'video') element.requestVideoFrameCallback(() => { window.firstFrameMs ??= performance.now() - clickedAt; });
  });
  await room.connect(query.get('url'), query.get('token'));
  if (!query.has('watches')) await room.localParticipant.enableCameraAndMicrophone();
  window.isIn = true;
};
</script>`;

interface BarePage {
  /** A new page's address; each admits someone else to the same room. `watches`: they bring nothing. */
  address(options?: { readonly watches?: boolean }): Promise<string>;
  /** Admits someone else, without a page. */
  admit(): Promise<{ readonly url: string; readonly token: string }>;
  close(): Promise<void>;
}

export async function serveBarePage(livekit: OwnLivekit): Promise<BarePage> {
  const library = await readFile(
    new URL('../../node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url),
  );
  const { LIVEKIT_API_KEY: key = '', LIVEKIT_API_SECRET: secret = '' } = livekit.env;
  const room = `bare-${Date.now()}`;
  await new RoomServiceClient(livekit.url, key, secret).createRoom({ name: room });
  const server = createServer((request, response) => {
    const isLibrary = request.url === '/livekit.js';
    response.setHeader('content-type', isLibrary ? 'text/javascript' : 'text/html').end(isLibrary ? library : PAGE);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  let people = 0;
  async function admit() {
    people += 1;
    const token = new AccessToken(key, secret, { identity: `person-${people}` });
    token.addGrant({ room, roomJoin: true });
    return { url: livekit.url.replace('http', 'ws'), token: await token.toJwt() };
  }
  return {
    admit,
    async address({ watches = false } = {}) {
      const query = new URLSearchParams({ ...(await admit()), ...(watches ? { watches: 'true' } : {}) });
      return `http://127.0.0.1:${address.port}/?${query.toString()}`;
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
