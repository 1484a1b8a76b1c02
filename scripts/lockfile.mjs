// Makes package-lock.json whole again after "npm install": "node scripts/lockfile.mjs".
//
// A package with parts for each kind of machine lists all of them as optional. npm leaves out of the lockfile those that
// the registry at hand does not have, and then "npm ci" refuses the lockfile everywhere. Their version is written in the
// package that lists them; what is not known here is their digest, so only machines of this kind are checked by it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './start/folders.mjs';
import { completeLock } from './start/completeLock.mjs';

const file = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = completeLock(lock.packages);
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length > 0 ? `Added:\n${added.join('\n')}\n` : 'Nothing was missing.\n');
