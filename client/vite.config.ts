/** How the client is built: a shell, what comes after it, and a worker that knows every file. */
import { createHash } from 'node:crypto';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';

const BASE = '/static/';
/** What may come later than the shell, and may fail to: without it the phone does its work. */
const LATE = /\/src\/(parts\/map\/drawing|screens\/desk\/)/;
const KEPT = /\.(m?js|css|woff2|svg|png)$/;

/**
 * The worker is built last, because it carries the list of what it has to keep.
 *
 * The addresses begin with /static/: the worker itself is served from the root, and one address
 * that does not exist makes its installation fail without a word.
 */
function worker(): Plugin {
  let outDir = 'dist';
  let kept: string[] = [];
  let late: string[] = [];
  return {
    name: 'kezek-worker',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    generateBundle: (_options, bundle) => {
      const later = after_shell(bundle);
      const files = Object.keys(bundle).filter((name) => KEPT.test(name));
      kept = addresses(files.filter((name) => !later.has(name)));
      late = addresses(files.filter((name) => later.has(name)));
    },
    closeBundle: async () => {
      const all = [...kept, ...late].join('\n');
      const id = createHash('sha256').update(all).digest('hex').slice(0, 16);
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          __PRECACHE__: JSON.stringify(kept),
          __PACK__: JSON.stringify(late),
          __BUILD__: JSON.stringify(id),
        },
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

/** The files that only the late ones ask for; whatever else is loaded on demand is of the shell. */
function after_shell(bundle: Rolldown.OutputBundle): Set<string> {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const late = new Set(
    chunks.filter(({ facadeModuleId }) => LATE.test(facadeModuleId ?? '')).map((c) => c.fileName),
  );
  const entries = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  const shell = reached(bundle, entries, late);
  return new Set([...reached(bundle, late, shell)].filter((name) => !shell.has(name)));
}

/** Everything that these files ask for, and so on; but not through those at which it stops. */
function reached(
  bundle: Rolldown.OutputBundle,
  from: Iterable<string>,
  stops: ReadonlySet<string>,
): Set<string> {
  const found = new Set(from);
  for (const name of found) {
    const file = bundle[name];
    const needed = file?.type === 'chunk' ? needs(file) : [];
    for (const next of needed) if (!stops.has(next)) found.add(next);
  }
  return found;
}

function needs(chunk: Rolldown.OutputChunk): string[] {
  const { importedCss, importedAssets } = chunk.viteMetadata ?? {};
  return [
    ...chunk.imports,
    ...chunk.dynamicImports,
    ...(importedCss ?? []),
    ...(importedAssets ?? []),
  ];
}

function addresses(names: string[]): string[] {
  return names.map((name) => BASE + name).sort();
}

export default defineConfig({
  base: BASE,
  build: {
    manifest: true,
    outDir: 'dist',
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The map's drawing, which comes last; all others are far below.
    chunkSizeWarningLimit: 1_200,
    rollupOptions: { input: 'src/main.ts' },
  },
  plugins: [worker()],
});
