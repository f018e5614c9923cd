/** How the client is built: one shell, and a service worker that knows every file of it. */
import { createHash } from 'node:crypto';
import { build, defineConfig, type Plugin } from 'vite';

const BASE = '/static/';
const KEPT = /\.(js|css|woff2|svg|png)$/;

/**
 * The worker is built last, because it carries the list of what it has to keep.
 *
 * The addresses begin with /static/: the worker itself is served from the root, and one address
 * that does not exist makes its installation fail without a word.
 */
function worker(): Plugin {
  let outDir = 'dist';
  let files: string[] = [];
  return {
    name: 'kezek-worker',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    generateBundle: (_options, bundle) => {
      files = Object.keys(bundle).filter((name) => KEPT.test(name));
    },
    closeBundle: async () => {
      const kept = files.map((name) => BASE + name).sort();
      const id = createHash('sha256').update(kept.join('\n')).digest('hex').slice(0, 16);
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __PRECACHE__: JSON.stringify(kept), __BUILD__: JSON.stringify(id) },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          rollupOptions: {
            input: 'src/worker/worker.ts',
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      });
    },
  };
}

export default defineConfig({
  base: BASE,
  build: {
    manifest: true,
    outDir: 'dist',
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'src/main.ts' },
  },
  plugins: [worker()],
});
