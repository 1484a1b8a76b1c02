import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';

/** What this server does wrong, always to its third message and its second socket. */
export type Wrong = 'nothing' | 'loses' | 'doubles' | 'swaps' | 'invents' | 'refuses';

interface Post {
  readonly chatId: string;
  readonly text: string;
}

const WRONG_MESSAGE = 3;

/** A baseline without a database that makes one deliberate mistake, so that the drivers can be seen to notice. */
export async function startWrongServer(wrong: Wrong): Promise<{ url: string; close: () => Promise<void> }> {
  const http: HttpServer = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  let posted = 0;
  let kept: Post | undefined;
  const tell = (socket: { emit: (name: string, post: Post) => void }, post: Post): void => {
    if (posted !== WRONG_MESSAGE) {
      socket.emit('message', post);
      if (kept) socket.emit('message', kept);
      kept = undefined;
    } else if (wrong === 'doubles') {
      socket.emit('message', post);
      socket.emit('message', post);
    } else if (wrong === 'invents') {
      socket.emit('message', post);
      socket.emit('message', { ...post, text: '999:1:0:never sent' });
    } else if (wrong === 'swaps') kept = post;
    else if (wrong !== 'loses') socket.emit('message', post);
  };
  io.on('connection', (socket) => {
    socket.on('send', (post: Post, answer: (isPosted: boolean) => void) => {
      posted += 1;
      const [, second] = [...io.sockets.sockets.values()];
      for (const each of io.sockets.sockets.values()) {
        if (each === second) tell(each, post);
        else each.emit('message', post);
      }
      answer(wrong !== 'refuses' || posted !== WRONG_MESSAGE);
    });
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => io.close() };
}
