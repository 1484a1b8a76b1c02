import { chatRoutes } from '@dialog/shared/chats';
import { newId, toBytes } from '../platform/ids.ts';
import { aUser } from './people.ts';
import { startPushService } from './pushService.ts';
import { startTestApp, type TestNode } from './startTestApp.ts';

/** Long enough for a push that would come, had it been sent. */
export const SETTLED_MS = 1_500;

export type PushedApp = Awaited<ReturnType<typeof startPushedApp>>;

/** Two nodes whose pushes go to a stand-in for a push service. */
export async function startPushedApp() {
  const service = await startPushService();
  const app = await startTestApp({ nodes: 2, config: { egressAllow: [service.pair] } });
  const [, other] = app.nodes as [TestNode, TestNode];

  async function aReader(displayName = 'Reader') {
    const reader = await aUser(app, { displayName });
    const device = service.device();
    await device.subscribe(reader);
    return { reader, device };
  }

  return {
    app,
    service,
    other,
    aReader,
    /** Who writes and who reads in a direct chat, the reader with a device. */
    async aPair() {
      const [writer, { reader, device }] = await Promise.all([aUser(app, { displayName: 'Ada Writer' }), aReader()]);
      const { chat } = await writer.call(chatRoutes.createDirectChat, { body: { userId: reader.user.id } });
      return { writer, reader, device, chatId: chat.id };
    },
    /** As if a node had been slow to carry out what was written down a while ago. */
    async addJob(topic: string, payload: object): Promise<void> {
      await app.app.db.run(
        'INSERT INTO outbox (id, topic, payload, attempts, run_after) VALUES (:id, :topic, :payload, 0, UTC_TIMESTAMP(3))',
        { id: toBytes(newId<string>()), topic, payload: JSON.stringify(payload) },
      );
    },
    async stop(): Promise<void> {
      await app.stop();
      service.stop();
    },
  };
}
