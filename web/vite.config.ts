import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/** Late parts that several features might pull in; everything else is split where it is imported. */
const ALONE = [
  ['livekit', /node_modules\/livekit-client\//],
  ['zxcvbn', /node_modules\/@zxcvbn-ts\//],
] as const;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    target: 'es2023',
    sourcemap: true,
    // What the size budget is measured by.
    manifest: true,
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: ALONE.map(([name, test]) => ({ name, test })) },
      },
    },
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
