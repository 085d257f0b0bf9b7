/**
 * What the unit tests need of a build: the kernels and the modules of worker threads, compiled into dist/ where their
 * sources are newer. After `npm run build` there is nothing to do.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileKernels, KERNEL_SOURCES, kernelsIn } from '../../build/kernels.js';

const WORKERS = [
  'src/linalg/wasm/worker.ts',
  'src/linalg/matmul-worker.ts',
  'src/import/reader-worker.ts',
];

/** @type {import('esbuild').BuildOptions} */
const FOR_NODE = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outbase: 'src',
  outdir: 'dist',
  logLevel: 'warning',
};

/**
 * A file for a file, as tsc writes them: modules look for other files beside themselves.
 * @type {import('esbuild').Plugin}
 */
const unbundled = {
  name: 'unbundled',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

export default async function compileWhatChanged() {
  const assembly = (await readdir(KERNEL_SOURCES)).map((name) => join(KERNEL_SOURCES, name));
  if (await isOlder(kernelsIn('dist'), assembly)) await compileKernels('dist');
  const changed = await changedModules();
  if (changed.length > 0) await build({ ...FOR_NODE, entryPoints: changed, plugins: [unbundled] });
}

/** Those that the workers are made of. */
async function changedModules() {
  const options = { ...FOR_NODE, entryPoints: WORKERS, write: false, metafile: true };
  const { metafile } = await build(options);
  const changed = [];
  for (const source of Object.keys(metafile?.inputs ?? {}))
    if (await isOlder(source.replace(/^src/, 'dist').replace(/\.ts$/, '.js'), [source]))
      changed.push(source);
  return changed;
}

/**
 * @param {string} path a missing file is older than any
 * @param {string[]} sources
 */
async function isOlder(path, sources) {
  const built = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const times = await Promise.all(sources.map(async (source) => (await stat(source)).mtimeMs));
  return built < Math.max(...times);
}
