import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/**
 * How the build is cut. What every screen needs comes in two files instead of twenty small ones; what would drag its
 * weight into the first screen (popups, the socket, calls) is left to where it is imported. `scripts/house/size.mjs`
 * holds the result to its budget.
 */
const GROUPS = [
  { name: 'livekit', test: /node_modules\/livekit-client\// },
  { name: 'emoji-en', test: /emojibase-data\/en\// },
  { name: 'emoji-de', test: /emojibase-data\/de\// },
  { name: 'zxcvbn', test: /node_modules\/@zxcvbn-ts\// },
  { name: 'vendor', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|zod|zustand)\// },
  {
    name: 'base',
    test: /shared\/src\/|lucide-react\/|web\/src\/app\/(useApp|useSession|router|pages|Appearance|languageName|Shell\.module|ShellSkeleton)|web\/src\/ui\/(?!Section|\w+Popup)|web\/src\/platform\/(?!socket|openWire|storage|remembered|\w+\.json)/,
    minShareCount: 2,
  },
  // Small pieces that the list and an open chat share.
  {
    name: 'chats',
    test: /web\/src\/chats\/(\w+\.)+(store|actions)\.ts|web\/src\/chats\/(use\w+|times|ChatAvatar)\.tsx?/,
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
  display: 'standalone',
  background_color: '#16171c',
  theme_color: '#16171c',
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'files', accept: ['*/*'] }] },
  },
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
        globIgnores: ['assets/{livekit,zxcvbn,emoji}-*.js', 'assets/code-*.js', 'assets/*.worker-*.js'],
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
