/**
 * Runs every suite, or with arguments what `vitest run` makes of them.
 *
 * Unit tests fill the cores by themselves. The other suites mostly wait, for servers, pages and clusters, but measure
 * or share things within a suite: two run side by side, their files one after another. Attacks measure delays, so they
 * run alone.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';

/** One after another; each is one or more lists of suites side by side. */
const STEPS = [[['unit']], [['integration', 'browser'], ['deploy']], [['attack']]];

const given = process.argv.slice(2);
process.exitCode = given.length > 0 ? await vitest(given, true) : await runAll();

async function runAll() {
  let worst = 0;
  for (const lanes of STEPS) {
    // The output of a lane stays together: that of the first is shown as it comes, the others' when they have ended.
    const codes = await Promise.all(
      lanes.map((suites, lane) =>
        vitest(
          suites.flatMap((suite) => ['--project', suite]),
          lane === 0,
        ),
      ),
    );
    worst = Math.max(worst, ...codes);
  }
  return worst;
}

/**
 * @param {string[]} args
 * @param {boolean} isLive its output is shown as it comes
 * @returns {Promise<number>} the exit code
 */
async function vitest(args, isLive) {
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    stdio: ['ignore', isLive ? 'inherit' : 'pipe', 'inherit'],
  });
  const output = child.stdout === null ? undefined : buffer(child.stdout);
  const [code] = await once(child, 'close');
  if (output !== undefined) process.stdout.write(await output);
  return code ?? 1;
}
