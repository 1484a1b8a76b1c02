import { createApp } from './app.ts';
import { readConfig } from './config.ts';

/** However slow a client or a dependency: a supervisor waits no longer (fault 15). */
const STOP_WITHIN_MS = 28_000;

const app = await createApp(readConfig(process.env));

process.on('unhandledRejection', (error) => app.log.error({ err: error }, 'a promise was rejected and nobody minded'));
process.on('uncaughtException', (error) => {
  app.log.fatal({ err: error }, 'unexpected failure; the process ends');
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    app.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'stopped with a failure');
        process.exit(1);
      },
    );
  });
}

await app.start();
app.log.info({ port: app.ports.plain(), tlsPort: app.ports.tls() }, 'listening');
