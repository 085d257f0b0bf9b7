// Builds dist/: kernels (AssemblyScript → WebAssembly), server (tsc), page (esbuild). The three run side by side.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const node = (script, ...args) =>
  run(process.execPath, [script, ...args]).catch((error) => {
    throw new Error(`${script} ${args.join(' ')}\n${error.stdout}${error.stderr}`);
  });

async function server() {
  await node('node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.json');
  await chmod('dist/main.js', 0o755);
}

function kernels() {
  return node(
    'node_modules/assemblyscript/bin/asc.js',
    'src/linalg/wasm/assembly/index.ts',
    ...['--outFile', 'dist/linalg/wasm/kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536', '--initialMemory', '1'],
    ...['--enable', 'simd,threads,bulk-memory', '--noExportMemory'],
  );
}

const bundled = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: 'dist/web',
  logLevel: 'warning',
};

async function page() {
  const { metafile } = await build({
    ...bundled,
    entryPoints: ['src/web/app/main.tsx'],
    metafile: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // A screen that is loaded on demand is a file of its own.
    splitting: true,
    chunkNames: 'part-[name]-[hash]',
    loader: { '.woff2': 'file' },
  });
  await cp('src/web/public', 'dist/web', { recursive: true });
  await indexPage();
  const files = Object.keys(metafile.outputs).map((path) => basename(path));
  await shellWorker([...files, ...(await readdir('src/web/public'))].sort());
}

/** index.html with its font named, and with its first view in every language (first-view.tsx). */
async function indexPage() {
  const { firstView } = await firstViews();
  const font = (await readdir('dist/web')).find((name) => name.endsWith('.woff2'));
  const preload = `<link rel="preload" href="/${font}" as="font" type="font/woff2" crossorigin />`;
  const filled = (await withTheme('src/web/public/index.html'))
    .replace('<!-- font -->', preload)
    .replace(/<!-- first view: (\w+) -->/g, (_, language) => firstView(language));
  await writeFile('dist/web/index.html', filled);
}

/** A page with the script that sets its theme before anything is drawn. */
async function withTheme(path) {
  const [page, theme] = await Promise.all(
    [path, 'src/web/display/theme-first.html'].map((file) => readFile(file, 'utf8')),
  );
  return page.replace('    <!-- theme -->\n', () => theme);
}

async function firstViews() {
  const { outputFiles } = await build({
    ...bundled,
    entryPoints: ['src/web/app/first-view.tsx'],
    write: false,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'empty' },
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
}

/** The service worker is told which files the page is made of, and is another one whenever any of them is. */
async function shellWorker(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(`dist/web/${file}`));
  await build({
    ...bundled,
    entryPoints: ['src/web/offline/shell-worker.ts'],
    define: {
      SHELL_FILES: JSON.stringify(files.map((file) => `/${file}`.replace('/index.html', '/'))),
      SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
}

/** The element for other sites: one file with all that it needs. */
async function embed() {
  await build({
    entryPoints: ['src/embed/embed.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outfile: 'dist/web/embed.js',
    logLevel: 'warning',
  });
}

/** The operators' console: a page of its own, so that the fans' page carries nothing of it. */
async function adminPage() {
  await build({
    entryPoints: { admin: 'src/web/admin/main.tsx' },
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
  await writeFile('dist/admin/index.html', await withTheme('src/web/admin/index.html'));
}

await rm('dist', { recursive: true, force: true });
await mkdir('dist/linalg/wasm', { recursive: true });
await mkdir('dist/web', { recursive: true });
try {
  await Promise.all([server(), kernels(), page(), embed(), adminPage()]);
  await cp('src/source/sample/sample.json', 'dist/source/sample/sample.json');
} catch (error) {
  console.error(`Building failed: ${error.message}`);
  process.exitCode = 1;
}
