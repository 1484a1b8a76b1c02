import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Paths that differ from the last commit and still exist: the staged ones, or everything that git sees. */
export function changedFiles(root, { staged }) {
  const list = (...given) => execFileSync('git', given, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  const listed = staged
    ? list('diff', '--cached', '--name-only', '-z')
    : [...list('diff', 'HEAD', '--name-only', '-z'), ...list('ls-files', '--others', '--exclude-standard', '-z')];
  return listed.filter((path) => existsSync(join(root, path)));
}
