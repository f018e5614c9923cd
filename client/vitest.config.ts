/** Client tests run in Node, over an IndexedDB in memory; a real browser is the journeys' work. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  // The tests live outside this folder, beside the Python ones; their packages are installed here.
  resolve: { alias: { client: `${here}src` } },
  cacheDir: `${here}node_modules/.vite`,
  server: { fs: { allow: [`${here}..`] } },
  define: { __PRECACHE__: '[]', __PACK__: '["/static/a.js", "/static/b.js"]', __BUILD__: '"test"' },
  test: {
    root: `${here}..`,
    fsModuleCache: false,
    include: ['client/src/**/*.test.ts', 'tests/client/**/*.test.ts'],
  },
});
