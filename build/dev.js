/**
 * `npm run dev -- [options of osusume serve]`: builds into dist-dev/ with source maps and serves it. After each save it
 * rebuilds what changed, restarts the server if needed, and reloads open pages.
 */
import { spawn } from 'node:child_process';
import { mkdir, watch } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { context } from 'esbuild';
import { compileKernels, KERNEL_SOURCES } from './kernels.js';
import { openLiveReload } from './live-reload.js';
import { pageBuilds, STATIC_FILES } from './page.js';
import { restarting } from './restarting.js';
import { COMPILER, copySample } from './server.js';

const folder = 'dist-dev';
/** Milliseconds to wait after a change: an editor may write a file in several steps. */
const SETTLED = 100;
const COMPILED = /Found \d+ errors?\. Watching for file changes/;

const stopped = new AbortController();
const { signal } = stopped;
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopped.abort());

const live = await openLiveReload();
const server = restarting(
  ['--enable-source-maps', `${folder}/main.js`, 'serve', ...process.argv.slice(2)],
  async () => {
    // On Ctrl-C the server ends too, before `signal` is aborted.
    await setTimeout(SETTLED);
    if (!signal.aborted) console.log('The server has stopped; it restarts after the next save');
  },
);
const pages = await Promise.all(
  pageBuilds({ folder, reloadScript: live.script, onBuilt: () => live.reload() }).map((options) =>
    context(options),
  ),
);
console.log('Building…');
await mkdir(`${folder}/source/sample`, { recursive: true });
await copySample(folder);
const kernelsReady = compileKernels(folder);
await Promise.all([kernelsReady, ...pages.map((page) => page.watch())]);
const compiler = watchServer();
const watching = [
  onChange(KERNEL_SOURCES, async () => {
    await compileKernels(folder);
    await restartServer();
  }),
  onChange(STATIC_FILES, async () => {
    await pages[0].rebuild();
    // It allows the page's inline scripts by their hashes.
    await restartServer();
  }),
];

await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
compiler.stop();
live.close();
await Promise.all([server.stop(), ...pages.map((page) => page.dispose()), ...watching]);

/** Compiles and watches the server's code. Type errors are printed, but the output is served anyway. */
function watchServer() {
  const args = ['-p', 'tsconfig.json', '--outDir', folder, '--sourceMap'];
  const compiler = spawn(
    process.execPath,
    [COMPILER, ...args, '--watch', '--preserveWatchOutput'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // A process group, to stop it as a whole: the script starts another program, which does the work.
      detached: true,
    },
  );
  createInterface({ input: compiler.stdout }).on('line', (line) => {
    if (line.trim()) console.log(line);
    if (COMPILED.test(line)) void restartServer();
  });
  return { stop: () => process.kill(-Number(compiler.pid)) };
}

async function restartServer() {
  if (signal.aborted) return;
  await server.restart();
  live.reload();
}

/**
 * @param {string} path of a folder to watch
 * @param {() => Promise<unknown>} act its errors are printed
 */
async function onChange(path, act) {
  let saves = 0;
  try {
    for await (const _ of watch(path, { signal })) {
      const save = ++saves;
      void setTimeout(SETTLED).then(() => {
        if (save === saves && !signal.aborted) act().catch((error) => console.error(error.message));
      });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
