import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../appError.ts';
import { addressKey } from '../http/clientAddress.ts';
import type { Callers } from '../http/callers.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { KeptMails } from './keptMails.ts';
import { lockedPage, mailsPage, STYLE } from './outboxPage.html.ts';

const PATH = '/outbox';
/** Not `__Host-`, so that it can be for this path alone. */
const COOKIE = 'dialog-outbox';
const OPEN_SECONDS = 12 * 3600;
const FORM_BYTES_MAX = 1_000;
/** Nothing but its own style, no script at all. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface OutboxPageDeps {
  readonly secret: string;
  readonly kept: Pick<KeptMails, 'list'>;
  readonly limiter: Pick<Limiter, 'take'>;
  readonly callers: Pick<Callers, 'addressOf'>;
  readonly now: () => Date;
}

/**
 * The page where an operator without an SMTP server reads the mails. No part of the app: made on the server, without
 * scripts. Whoever knows the secret gets a cookie for some hours, which names its own end and holds none of the secret.
 */
export async function serveOutboxPage(http: FastifyInstance, deps: OutboxPageDeps): Promise<void> {
  const { secret, kept, limiter, callers, now } = deps;

  function passUntil(end: number): string {
    return `${end}.${createHmac('sha256', secret).update(`pass ${end}`).digest('base64url')}`;
  }

  function isOpenTo({ cookies }: FastifyRequest): boolean {
    const pass = cookies[COOKIE] ?? '';
    const end = Number(pass.split('.', 1)[0]);
    return Number.isSafeInteger(end) && end > now().getTime() && isSame(pass, passUntil(end));
  }

  async function read(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (!isOpenTo(request)) return page(reply.code(401), lockedPage({ wasWrong: false }));
    return page(reply, mailsPage(await kept.list()));
  }

  async function open(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    await limiter.take('outboxTryPerAddress', addressKey(callers.addressOf(request)));
    const given = request.body instanceof URLSearchParams ? (request.body.get('secret') ?? '') : '';
    if (!isSame(given.trim(), secret)) return page(reply.code(401), lockedPage({ wasWrong: true }));
    return reply
      .setCookie(COOKIE, passUntil(now().getTime() + OPEN_SECONDS * 1000), {
        path: PATH,
        httpOnly: true,
        secure: true,
        sameSite: 'strict',
        maxAge: OPEN_SECONDS,
      })
      .redirect(PATH, 303);
  }

  // In a scope of its own: nothing else of this server takes a form.
  await http.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      if (error instanceof AppError && error.code === 'rate-limited')
        return page(reply.code(429), lockedPage({ wasWrong: true }));
      throw error;
    });
    scope.route({ method: 'GET', url: PATH, handler: read });
    scope.route({ method: 'POST', url: PATH, handler: open });
    scope.get(`${PATH}/style.css`, async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  });
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(html);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
