/**
 * Who may know whom. `npm run layers` holds the tree against it, and scripts/house/layers.test.mjs plants one violation of each rule.
 * It needs `parser: 'swc'` and @swc/core: without them TypeScript files are skipped in silence and everything passes.
 */

const ORDER = require('./scripts/house/features.cjs');
const FEATURE = ['about', ...ORDER].join('|');
const TEST = '\\.test\\.tsx?$';
const TRANSPORT = 'node_modules/(fastify|@fastify|socket\\.io|@socket\\.io|mysql2|ioredis|livekit-server-sdk)/';

/** A feature's imports from those to its right, even as types. Tests may look at the whole. */
const featuresInOrder = ORDER.slice(0, -1).map((feature, place) => ({
  name: `${feature}-knows-only-its-left`,
  comment: 'A feature knows those to its left; to its right it only tells, through callbacks wired in app.',
  severity: 'error',
  from: { path: `^(server|web)/src/${feature}/`, pathNot: TEST },
  to: { path: `^(server|web)/src/(${ORDER.slice(place + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two modules are one; merge them or cut one edge.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that cannot be followed is an import that no other rule can judge.',
      severity: 'error',
      from: {},
      // Files of a package as addresses (`…?url`) are found by Vite, which fails for one that is not there.
      to: { couldNotResolve: true, pathNot: '^virtual:|^(@|livekit-client)[^?]+[?](worker&)?url$' },
    },
    {
      name: 'shared-runs-anywhere',
      comment: 'The contract is loaded by server, browser and shells alike, so it stands on zod/mini alone.',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: TEST },
      to: { pathNot: '^shared/src/|node_modules/zod/(mini|v4/mini)/' },
    },
    {
      name: 'server-and-web-meet-in-shared',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^web/' },
    },
    {
      name: 'web-and-server-meet-in-shared',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^server/' },
    },
    {
      name: 'the-browser-has-no-node',
      severity: 'error',
      from: { path: '^web/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'Technology is told what to do; it does not know what for.',
      severity: 'error',
      from: { path: '^(server|web)/src/(platform|ui)/', pathNot: TEST },
      to: { path: `^(server|web)/src/(${FEATURE}|app)/` },
    },
    {
      name: 'nobody-knows-the-composition-root',
      comment: 'app sees every feature; who imports it sees everything.',
      severity: 'error',
      from: { path: `^(server|web)/src/(${FEATURE}|platform|ui)/`, pathNot: TEST },
      to: { path: '^(server/src/(app|main)[^/]*\\.ts|web/src/(app|main)[/.])' },
    },
    {
      name: 'config-is-passed-in',
      severity: 'error',
      from: { path: `^server/src/(${FEATURE}|platform)/`, pathNot: TEST },
      to: { path: '^server/src/config\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    ...featuresInOrder,
    {
      name: 'services-are-passed-in',
      comment: 'On the server a feature knows another only as a type; app.ts hands over the object.',
      severity: 'error',
      from: { path: `^server/src/(${FEATURE})/`, pathNot: TEST },
      to: { path: `^server/src/(${FEATURE})/`, pathNot: '^server/src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-and-gateways-call-services',
      severity: 'error',
      from: { path: '\\.(routes|gateway)\\.ts$' },
      to: { path: '\\.repository\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sql-stays-home',
      comment: "A feature's tables are read through its service.",
      severity: 'error',
      from: { path: `^server/src/(${FEATURE})/`, pathNot: TEST },
      to: { path: '\\.repository\\.ts$', pathNot: '^server/src/$1/' },
    },
    {
      name: 'services-know-no-transport',
      severity: 'error',
      from: { path: '\\.(service|repository)\\.ts$' },
      to: { path: `${TRANSPORT}|\\.(routes|gateway)\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'technology-stays-in-platform',
      severity: 'error',
      from: { path: `^server/src/(${FEATURE})/`, pathNot: TEST },
      to: { path: TRANSPORT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-way-out',
      comment: 'What people name is fetched through platform/egress alone; the gate goes to our own media server.',
      severity: 'error',
      from: { path: `^server/src/(${FEATURE})/`, pathNot: `${TEST}|^server/src/calls/calls\\.gate\\.ts$` },
      to: { path: '^(https?|http2|net|tls|dgram|dns)(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'livekit-is-loaded-late',
      comment: 'It weighs more than the rest of the page; only a call needs it.',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/calls/' },
      to: { path: 'node_modules/livekit-client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(server|web|shared)/src/', pathNot: `${TEST}|^(server|web)/src/testing/` },
      to: { path: `^(server|web)/src/testing/|${TEST}|node_modules/(vitest|fast-check)/` },
    },
    {
      name: 'the-product-knows-no-tools',
      severity: 'error',
      from: { path: '^(server|web|shared)/src/', pathNot: `${TEST}|/testing/` },
      to: { path: '^(e2e|bench|scripts)/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.d.ts'],
    },
  },
};
