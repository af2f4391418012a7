// Builds the web app into web/dist; in development serves it and hands /api to the running server.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const api = process.env['OFS_API'] ?? 'http://127.0.0.1:3000';
const dist = fileURLToPath(new URL('./dist', import.meta.url));

/** Lays a .br and a .gz beside every text file, so that the server need not compress while it answers. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const files = await readdir(dist, { recursive: true });
      await Promise.all(
        files
          .filter((file) => /\.(js|css|html|svg)$/.test(file))
          .map(async (file) => {
            const path = join(dist, file);
            const bytes = await readFile(path);
            await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
            await writeFile(`${path}.gz`, await promisify(gzip)(bytes));
          }),
      );
    },
  };
}

export default defineConfig(({ command }) => {
  // A build is for production whoever starts it: under a test runner React's development build would be taken.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [react(), tailwindcss({ optimize: false }), compressed()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      // light-dark(), :has() and native dialogs are used as they stand.
      target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
      // The content security policy allows files of our own only: nothing is inlined as data.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
    },
    server: { port: 5173, strictPort: true, proxy: { '/api': api } },
    preview: { port: 4173, strictPort: true, proxy: { '/api': api } },
  };
});
