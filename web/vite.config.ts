import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { directIcons } from './vite.icons.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

interface Chunking {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

const MAIN = /\/web\/src\/main\.tsx$/;
const OUTSIDE = /\/web\/src\/app\/Outside\.tsx$/;
const INSIDE = /\/web\/src\/app\/Inside\.tsx$/;

/** Whether it comes with this module, and not only with what that opens later. */
function comesWith(screen: RegExp, id: string, build: Chunking): boolean {
  const seen = new Set<string>();
  const isReached = (at: string): boolean => {
    if (screen.test(at)) return true;
    if (seen.has(at)) return false;
    seen.add(at);
    return build.getModuleInfo(at)?.importers.some(isReached) ?? false;
  };
  return isReached(id);
}

/** `base` is for everyone, `inside` for who is signed in; what is opened later comes when it is. */
function screenOf(id: string, build: Chunking): string | null {
  // It waits for a screen that stands on `base`: within that, both would wait for each other.
  if (MAIN.test(id)) return null;
  const isInside = comesWith(INSIDE, id, build);
  if (comesWith(MAIN, id, build) || (isInside && comesWith(OUTSIDE, id, build))) return 'base';
  return isInside ? 'inside' : null;
}

/** For who is not signed in. What that shares with what is opened later is `both`, or the way in would come with a call. */
function outsideOf(id: string, build: Chunking): string | null {
  if (!comesWith(OUTSIDE, id, build)) return null;
  const importers = build.getModuleInfo(id)?.importers ?? [];
  return importers.every((importer) => comesWith(OUTSIDE, importer, build)) ? null : 'both';
}

/**
 * How the build is cut. What a first screen needs comes in two or three files instead of twenty small ones, and nothing
 * with it that is only opened later. `scripts/house/size.mjs` holds the result to its budget.
 */
const GROUPS = [
  { name: 'livekit', test: /node_modules\/livekit-client\// },
  { name: 'emoji-en', test: /emojibase-data\/en\// },
  { name: 'emoji-de', test: /emojibase-data\/de\// },
  { name: 'zxcvbn', test: /node_modules\/@zxcvbn-ts\// },
  { name: 'vendor', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|zod|zustand)\// },
  // Not the entry itself: it awaits the screen, which would await the file that it stands in.
  { name: screenOf, debugName: 'screens', test: /shared\/src\/|lucide-react\/|web\/src\/(?!main\.tsx)/ },
  // The little of `both` that a call needs as well.
  { name: 'signs', test: /web\/src\/ui\/(Banner|LevelMeter)\.|lucide-react\/.*\/(eye|eye-off|plus)\./ },
  { name: outsideOf, debugName: 'both', test: /lucide-react\/|web\/src\/ui\// },
  { name: 'outside', test: OUTSIDE },
  // Small pieces that many of the later ones share.
  {
    name: 'later',
    test: /lucide-react\/|web\/src\/ui\/(?!Section|\w+Popup)|web\/src\/platform\/(?!\w+\.json)/,
    minShareCount: 2,
  },
];

/** What the app is when installed. */
const manifest = {
  id: '/',
  name: 'Dialog',
  short_name: 'Dialog',
  description: 'Chat, calls and screen sharing on a server of your own.',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  categories: ['social', 'communication'],
  background_color: '#16171c',
  theme_color: '#16171c',
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'files', accept: ['*/*'] }] },
  },
  shortcuts: [
    { name: 'Settings', url: '/settings', icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }] },
    {
      name: 'Notifications',
      url: '/settings/notifications',
      icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
  ],
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
} satisfies Partial<ManifestOptions>;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    directIcons(),
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg}'],
        // What nobody needs without a network.
        globIgnores: [
          'assets/{livekit,zxcvbn,emoji,background,noise,workletProcessor}-*.js',
          'assets/code-*.js',
          'assets/*.worker-*.js',
        ],
        // Vite's names hold a hash already.
        dontCacheBustURLsMatching: /^assets\//,
      },
    }),
  ],
  build: {
    target: 'es2023',
    sourcemap: true,
    // What the size budget is measured by.
    manifest: true,
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: GROUPS },
      },
    },
  },
  worker: {
    format: 'es',
    // Grammars are many, and told by this name from what is kept for being offline.
    rolldownOptions: { output: { chunkFileNames: 'assets/code-[name]-[hash].js' } },
  },
  server: {
    port: Number(process.env['VITE_PORT'] ?? 5173),
    proxy: {
      '/api': { target: server },
      '/socket.io': { target: server, ws: true },
      '/rtc': { target: server, ws: true },
    },
  },
});
