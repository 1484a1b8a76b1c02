const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * What machine a package is for, by its name; undefined where the name does not say.
 *
 * @param {string} name
 */
function machineOf(name) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) return undefined;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { cpu: [cpu], ...(os === 'linux' && libc ? { libc: [libc] } : {}), os: [os] };
}

/**
 * Adds the parts for other machines that are listed by a package and have no entry.
 *
 * @param {Record<string, Entry>} packages Of the lockfile; it is changed.
 * @returns {string[]} What was added.
 */
export function completeLock(packages) {
  const added = [];
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const machine = machineOf(name);
      const isKnown = [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in packages);
      if (isKnown || !machine || !/^\d+\.\d+\.\d+/.test(version)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...machine,
        ...(dev ? { dev } : {}),
        optional: true,
      };
      added.push(`${name} ${version}`);
    }
  }
  return added;
}
