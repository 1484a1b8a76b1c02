import { createServer } from 'node:http';
import { createPool } from 'mysql2/promise';
import { Server } from 'socket.io';

/**
 * What Dialog is measured against: the least that a durable chat server in this language does. One autocommit INSERT
 * per message, told and acknowledged after it. No sign-in, rights, encryption, limits, unread counts or other nodes.
 */

interface Post {
  readonly id: string;
  readonly chatId: string;
  readonly text: string;
}

const CONNECTIONS = 16;

const pool = createPool({ uri: process.env['DATABASE_URL'] ?? '', connectionLimit: CONNECTIONS });
await pool.query(`CREATE TABLE IF NOT EXISTS bare_messages (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, id CHAR(36) NOT NULL, chat_id CHAR(36) NOT NULL, body TEXT NOT NULL, posted_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`);

const server = createServer((_request, response) => response.end('ok'));
const io = new Server(server, { transports: ['websocket'], serveClient: false });

io.on('connection', async (socket) => {
  await socket.join((socket.handshake.auth as { rooms: string[] }).rooms);
  socket.on('send', async (post: Post, answer: (isPosted: boolean) => void) => {
    const postedAt = new Date();
    await pool.execute('INSERT INTO bare_messages (id, chat_id, body, posted_at) VALUES (?, ?, ?, ?)', [
      post.id,
      post.chatId,
      post.text,
      postedAt,
    ]);
    io.to(post.chatId).emit('message', { ...post, postedAt });
    answer(true);
  });
});

server.listen(Number(process.env['PORT']), '127.0.0.1');
