import { createServer, type Server, type Socket } from 'node:net';
import type { SmtpConfig } from '../config.mail.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** As it came, headers and all. */
  readonly raw: string;
  /** The plain part, decoded. */
  readonly text: string;
}

export interface SmtpStandIn {
  readonly smtp: SmtpConfig;
  readonly received: readonly ReceivedMail[];
  /** What it says to the next recipients instead of 250. */
  refuse(answer: string | null): void;
  /** The newest mail to this address that says this, within ten seconds. */
  mailTo(address: string, saying?: string): Promise<ReceivedMail>;
  stop(): void;
}

const PATIENCE_MS = 10_000;

/** A mail server on loopback that speaks SMTP as far as one who submits mails needs it, and keeps what it is given. */
export async function startSmtpStandIn(): Promise<SmtpStandIn> {
  const received: ReceivedMail[] = [];
  const open = new Set<Socket>();
  let refusal: string | null = null;
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    talk(socket, { refusal: () => refusal, take: (mail) => received.push(mail) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    smtp: { url: `smtp://dialog:secret@127.0.0.1:${address.port}`, from: 'Dialog <dialog@example.org>' },
    received,
    refuse: (answer) => (refusal = answer),
    async mailTo(to, saying = '') {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const found = received.findLast((mail) => mail.to.includes(to) && mail.text.includes(saying));
        if (found) return found;
        if (Date.now() > until) throw new Error(`no mail to ${to} came`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop() {
      open.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

interface Desk {
  readonly refusal: () => string | null;
  readonly take: (mail: ReceivedMail) => void;
}

function talk(socket: Socket, { refusal, take }: Desk): void {
  let pending = '';
  let from = '';
  let to: string[] = [];
  let isInData = false;
  const say = (line: string): boolean => socket.write(`${line}\r\n`);

  function hear(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') say('250-stand-in\r\n250-AUTH PLAIN LOGIN\r\n250 SMTPUTF8');
    else if (verb === 'AUTH') say(isAuthorised(line) ? '235 welcome' : '535 who are you');
    else if (verb === 'MAIL') {
      from = bracketed(line);
      to = [];
      say('250 ok');
    } else if (verb === 'RCPT') {
      const no = refusal();
      if (no === null) to.push(bracketed(line));
      say(no ?? '250 ok');
    } else if (verb === 'DATA') {
      isInData = true;
      say('354 go on');
    } else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else say('250 ok');
  }

  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    for (;;) {
      const end = isInData ? '\r\n.\r\n' : '\r\n';
      const at = pending.indexOf(end);
      if (at === -1) return;
      const part = pending.slice(0, at);
      pending = pending.slice(at + end.length);
      if (!isInData) hear(part);
      else {
        isInData = false;
        take(mailOf(from, to, part.replaceAll('\r\n..', '\r\n.')));
        say('250 kept');
      }
    }
  });
  say('220 stand-in ESMTP');
}

function isAuthorised(line: string): boolean {
  const [, , token = ''] = line.split(' ');
  return Buffer.from(token, 'base64').toString() === '\0dialog\0secret';
}

function bracketed(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

function mailOf(from: string, to: readonly string[], raw: string): ReceivedMail {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const headers = new Map(
    head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map(
        (line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const,
      ),
  );
  return { from, to, headers, raw, text: plainPart(raw) };
}

/** The first part of `multipart/alternative`. */
function plainPart(raw: string): string {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(raw) ?? [];
  const part = raw.split(`--${boundary}`).find((piece) => piece.includes('text/plain')) ?? '';
  const at = part.indexOf('\r\n\r\n');
  const body = part.slice(at + 4);
  if (/quoted-printable/i.test(part.slice(0, at))) return fromQuoted(body);
  if (/base64/i.test(part.slice(0, at))) return Buffer.from(body, 'base64').toString('utf8');
  return Buffer.from(body, 'latin1').toString('utf8');
}

function fromQuoted(text: string): string {
  const joined = text.replaceAll('=\r\n', '');
  const bytes = joined.replaceAll(/=([\dA-F]{2})/g, (_all, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
