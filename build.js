// Builds dist/: kernels (AssemblyScript → WebAssembly), server (tsc), page (esbuild). The three run side by side.
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const node = (script, ...args) =>
  run(process.execPath, [script, ...args]).catch((error) => {
    throw new Error(`${script} ${args.join(' ')}\n${error.stdout}${error.stderr}`);
  });

async function server() {
  await node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json');
  await chmod('dist/cli.js', 0o755);
}

function kernels() {
  return node(
    'node_modules/assemblyscript/bin/asc.js',
    'src/kernel/assembly/index.ts',
    ...['--outFile', 'dist/kernel/kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536', '--initialMemory', '1'],
    ...['--enable', 'simd,threads,bulk-memory', '--noExportMemory'],
  );
}

async function page() {
  await build({
    entryPoints: ['src/web/main.tsx'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: 'dist/web',
    // A screen that is loaded on demand is a file of its own.
    splitting: true,
    chunkNames: 'part-[name]-[hash]',
    loader: { '.woff2': 'file' },
    logLevel: 'warning',
  });
  await cp('src/web/public', 'dist/web', { recursive: true });
}

/** The operators' console: a page of its own, so that the fans' page carries nothing of it. */
async function adminPage() {
  await build({
    entryPoints: ['src/web/admin.tsx'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: 'dist/admin',
    loader: { '.woff2': 'file' },
    logLevel: 'warning',
  });
  await cp('src/web/admin.html', 'dist/admin/index.html');
}

await rm('dist', { recursive: true, force: true });
await mkdir('dist/kernel', { recursive: true });
await mkdir('dist/web', { recursive: true });
try {
  await Promise.all([server(), kernels(), page(), adminPage()]);
  await cp('src/source/sample.json', 'dist/source/sample.json');
} catch (error) {
  console.error(`Building failed: ${error.message}`);
  process.exitCode = 1;
}
