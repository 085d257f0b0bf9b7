/** Bundles what runs in a browser with esbuild: the page, the element for other sites, the operators' console. */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';

/** @typedef {import('esbuild').BuildOptions} BuildOptions */

/**
 * @typedef {object} PageTarget
 * @property {string} folder the output folder
 * @property {string} [reloadScript] for `npm run dev`: is put into the pages, which then have source maps and are
 *   not minified; the service worker then only removes itself
 * @property {() => void} [onBuilt] called after each build
 */

/** Files that are copied, not compiled: a change to them does not concern the server. */
export const STATIC_FILES = 'src/web/public';

/** The folders of pages in the output folder. */
export const PAGES = ['web', 'admin'];

/** @type {BuildOptions} */
const BUNDLED = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.woff2': 'file' },
  logLevel: 'warning',
};

/**
 * esbuild's options for each bundle, to build once or to watch. Other files are copied after each build.
 * @param {PageTarget} target
 * @returns {BuildOptions[]}
 */
export function pageBuilds(target) {
  const isDev = target.reloadScript !== undefined;
  /** @type {BuildOptions} */
  const options = { ...BUNDLED, minify: !isDev, sourcemap: isDev ? 'linked' : false };
  const web = `${target.folder}/web`;
  return [
    {
      ...options,
      entryPoints: ['src/web/app/main.tsx'],
      outdir: web,
      metafile: true,
      // So that a screen that is loaded on demand is a separate file.
      splitting: true,
      chunkNames: 'part-[name]-[hash]',
      plugins: [afterwards(({ metafile }) => finishPage(target, Object.keys(metafile.outputs)))],
    },
    {
      ...options,
      entryPoints: ['src/embed/embed.ts'],
      outdir: web,
      plugins: [afterwards(async () => target.onBuilt?.())],
    },
    {
      ...options,
      // A separate page, so that the main page does not load any of it.
      entryPoints: { admin: 'src/web/admin/main.tsx' },
      outdir: `${target.folder}/admin`,
      plugins: [afterwards(() => finishAdmin(target))],
    },
  ];
}

/**
 * @param {(result: { metafile: import('esbuild').Metafile }) => Promise<void>} finish
 * @returns {import('esbuild').Plugin}
 */
function afterwards(finish) {
  return {
    name: 'afterwards',
    setup({ onEnd }) {
      onEnd(async ({ errors, metafile }) => {
        if (errors.length === 0)
          await finish({ metafile: metafile ?? { inputs: {}, outputs: {} } });
      });
    },
  };
}

/**
 * @param {PageTarget} target
 * @param {string[]} outputs
 */
async function finishPage(target, outputs) {
  const web = `${target.folder}/web`;
  await cp(STATIC_FILES, web, { recursive: true });
  const font = outputs.find((path) => path.endsWith('.woff2'));
  if (!font) throw new Error('esbuild has written no font for the page');
  await writeFile(`${web}/index.html`, await indexPage(target, basename(font)));
  const files = outputs.map((path) => basename(path));
  if (target.reloadScript) await writeFile(`${web}/shell-worker.js`, NO_SHELL_WORKER);
  else await buildShellWorker(web, [...files, ...(await readdir(STATIC_FILES))].sort());
  target.onBuilt?.();
}

/**
 * Writes index.html with the name of its font, and with the first view in every language (first-view.tsx).
 * @param {PageTarget} target
 * @param {string} font
 */
async function indexPage(target, font) {
  const { firstView } = await firstViews();
  const preload = `<link rel="preload" href="/${font}" as="font" type="font/woff2" crossorigin />`;
  return (await htmlPage(`${STATIC_FILES}/index.html`, target))
    .replace('<!-- font -->', preload)
    .replace(/<!-- first view: (\w+) -->/g, (_, language) => firstView(language));
}

/**
 * Reads a page and adds the script that sets its theme before the first paint.
 * @param {string} path
 * @param {PageTarget} target
 */
async function htmlPage(path, { reloadScript }) {
  const [page, theme] = await Promise.all(
    [path, 'src/web/display/theme-first.html'].map((file) => readFile(file, 'utf8')),
  );
  const themed = page.replace('    <!-- theme -->\n', () => theme);
  if (!reloadScript) return themed;
  // The server's content security policy allows this origin (src/server/http/page-policy.ts).
  const [origin] = /http:\/\/[^/']+/.exec(reloadScript) ?? [];
  return themed
    .replace('</head>', `<meta name="live-reload" content="${origin}" />\n</head>`)
    .replace('</body>', () => `<script>${reloadScript}</script>\n</body>`);
}

/** @returns {Promise<{ firstView(language: string): string }>} */
async function firstViews() {
  const { outputFiles } = await build({
    ...BUNDLED,
    minify: true,
    entryPoints: ['src/web/app/first-view.tsx'],
    outdir: 'unused',
    write: false,
    loader: { '.css': 'empty' },
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/**
 * Builds the service worker, which lists the files of the page, and a version that changes when any of them does.
 * @param {string} web
 * @param {string[]} files
 */
async function buildShellWorker(web, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(`${web}/${file}`));
  await build({
    ...BUNDLED,
    minify: true,
    entryPoints: ['src/web/offline/shell-worker.ts'],
    outdir: web,
    define: {
      SHELL_FILES: JSON.stringify(files.map((file) => `/${file}`.replace('/index.html', '/'))),
      SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
}

/** A service worker left by an earlier `npm start` would answer with its own page, so this one unregisters itself. */
const NO_SHELL_WORKER = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(registration.unregister()));
`;

/** @param {PageTarget} target */
async function finishAdmin(target) {
  const page = await htmlPage('src/web/admin/index.html', target);
  await writeFile(`${target.folder}/admin/index.html`, page);
  target.onBuilt?.();
}
