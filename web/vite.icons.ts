import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const IMPORT = /import \{([^}]*)\} from 'lucide-react';/g;
const barrel = join(
  dirname(fileURLToPath(import.meta.resolve('lucide-react/package.json'))),
  'dist/esm/lucide-react.mjs',
);

/** The file of each icon by each of its names. */
function filesOfIcons(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [, names = '', file = ''] of readFileSync(barrel, 'utf8').matchAll(/export \{([^}]*)\} from '([^']+)'/g))
    for (const [, name = ''] of names.matchAll(/default as (\w+)/g)) files.set(name, join(dirname(barrel), file));
  return files;
}

/**
 * Icons from their own files instead of from the one that names them all. That one belongs to the first screen, and so
 * would every icon of the app: the build is cut by who imports a file, and it imports each.
 */
export function directIcons(): Plugin {
  const files = filesOfIcons();
  return {
    name: 'direct-icons',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/web\/src\/.*\.tsx?$/.test(id) || !code.includes("'lucide-react'")) return undefined;
      return { code: code.replace(IMPORT, (whole, names: string) => directly(names, files) ?? whole), map: null };
    },
  };
}

/** On as many lines as before, for the source maps. */
function directly(names: string, files: ReadonlyMap<string, string>): string | undefined {
  const imports = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => {
      const [icon = '', as = icon] = name.split(' as ');
      const file = files.get(icon);
      return file && `import ${as} from ${JSON.stringify(file)};`;
    });
  if (!imports.every((line) => line !== undefined)) return undefined;
  return imports.join(' ') + '\n'.repeat(names.split('\n').length - 1);
}
