// Runs a benchmark against the built product: npm run bench -- <name> [options]. Build first (npm run build).
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { build } from 'esbuild';

const [name, ...options] = process.argv.slice(2);
const names = (await readdir('bench'))
  .filter(
    (file) => file.endsWith('.ts') && !['random-bundle.ts', 'synthetic-ratings.ts'].includes(file),
  )
  .map((file) => file.slice(0, -3));
if (!names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- ${names.join(' | ')}`);
  process.exit(2);
}

/** A benchmark measures what runs in production: imports of ../src lead to the build beside it. */
const builtSources = {
  name: 'built-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/src\// }, ({ path }) => ({
      path: path.replace('../src/', '../').replace(/\.ts$/, '.js'),
      external: true,
    }));
  },
};

await build({
  entryPoints: names.map((each) => `bench/${each}.ts`),
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [builtSources],
  logLevel: 'warning',
});
const child = spawn(process.execPath, [`dist/bench/${name}.js`, ...options], { stdio: 'inherit' });
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
