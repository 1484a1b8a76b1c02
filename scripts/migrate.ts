import { fileURLToPath } from 'node:url';
import { migrate } from '../server/src/platform/mysql/migrate.ts';

const url = process.env['DATABASE_URL'];
if (!url) {
  process.stderr.write('DATABASE_URL names no database. With "npm start" this is done by itself.\n');
  process.exit(1);
}

await migrate({
  url,
  folder: fileURLToPath(new URL('../migrations', import.meta.url)),
  tell: (line) => void process.stdout.write(`${line}\n`),
});
