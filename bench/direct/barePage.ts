import { createServer } from 'node:http';
import { acceptWebSocket, type TextSocket } from '../../e2e/support/webSocketServer.ts';

/**
 * The least page that calls another one: a WebSocket that passes on what the two say, an RTCPeerConnection, elements
 * that play, one's own picture among them. One page calls, with its camera already on; the other one answers.
 */
const PAGE = `<!doctype html><title>bare</title><button id="call">call</button><button id="answer" hidden>answer</button><script>
const relay = new WebSocket(location.href.replace('http', 'ws'));
const say = (word) => relay.send(JSON.stringify(word));
const open = () => navigator.mediaDevices.getUserMedia({
  audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
});
let mine, connection;
const show = (stream, isMine) => {
  const [{ kind }] = stream.getTracks();
  const element = document.createElement(kind);
  element.autoplay = true;
  element.muted = kind === 'video';
  element.className = isMine ? 'mine' : 'theirs';
  element.srcObject = stream;
  document.body.append(element);
};
const begin = () => {
  connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  connection.onicecandidate = ({ candidate }) => say({ candidate });
  connection.ontrack = ({ track }) => show(new MediaStream([track]), false);
  for (const track of mine.getTracks()) connection.addTrack(track, mine);
};
const end = () => {
  connection?.close();
  connection = undefined;
  for (const track of mine?.getTracks() ?? []) track.stop();
  mine = undefined;
  for (const element of document.querySelectorAll('audio, video')) element.remove();
};
call.onclick = async () => {
  mine = await open();
  show(new MediaStream(mine.getVideoTracks()), true);
  say({ ring: true });
};
answer.onclick = async () => {
  answer.hidden = true;
  mine = await open();
  show(new MediaStream(mine.getVideoTracks()), true);
  begin();
  await connection.setLocalDescription();
  say({ description: connection.localDescription });
};
let work = Promise.resolve();
relay.onmessage = ({ data }) => { work = work.then(() => take(JSON.parse(data))); };
async function take({ ring, description, candidate, bye }) {
  if (ring) answer.hidden = false;
  if (bye) end();
  if (description?.type === 'offer') {
    begin();
    await connection.setRemoteDescription(description);
    await connection.setLocalDescription();
    say({ description: connection.localDescription });
  } else if (description) await connection.setRemoteDescription(description);
  if (candidate) await connection?.addIceCandidate(candidate);
}
window.hangUp = () => { say({ bye: true }); end(); };
</script>`;

interface BarePage {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveBarePage(): Promise<BarePage> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  const pages = new Set<TextSocket>();
  server.on('upgrade', (request, socket) => {
    const page = acceptWebSocket(request, socket, {
      text(text) {
        for (const other of pages) if (other !== page) other.send(text);
      },
      closed: () => void pages.delete(page),
    });
    pages.add(page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      for (const page of pages) page.close();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
