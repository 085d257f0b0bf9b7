// Runs a benchmark against the built product: npm run bench -- <name> [options]. Build first (npm run build).
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Modules for benchmarks, which are not benchmarks themselves. */
const PARTS = ['random-bundle.ts', 'synthetic-ratings.ts', 'watched-servers.ts'];
/** Not in dist, which is published, but in node_modules, so that packages are found from there. */
const FOLDER = 'node_modules/.cache/osusume-bench';

const [name, ...options] = process.argv.slice(2);
const names = (await readdir('bench'))
  .filter((file) => file.endsWith('.ts') && !PARTS.includes(file))
  .map((file) => file.slice(0, -3));
if (!names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- ${names.join(' | ')}`);
  process.exit(2);
}

/**
 * Benchmarks measure what runs in production: imports of ../src are redirected to the build.
 * @type {import('esbuild').Plugin}
 */
const builtSources = {
  name: 'built-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+src\// }, ({ path }) => ({
      path: pathToFileURL(
        resolve('dist', path.replace(/^(\.\.\/)+src\//, '').replace(/\.ts$/, '.js')),
      ).href,
      external: true,
    }));
  },
};

await build({
  entryPoints: [`bench/${name}.ts`],
  outdir: FOLDER,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [builtSources],
  logLevel: 'warning',
});
const child = spawn(process.execPath, [`${FOLDER}/${name}.js`, ...options], { stdio: 'inherit' });
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
