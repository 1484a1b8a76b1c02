import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './folders.mjs';
import { SERVER_ARGUMENTS } from './serverArguments.mjs';

test('the container runs the server as `npm start` does', () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(`exec node ${SERVER_ARGUMENTS.join(' ')} server/src/main.ts`);
});
