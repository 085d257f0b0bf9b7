/** Runs a script in a separate process; an error carries its output. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @param {string} script
 * @param {...string} args
 */
export async function runNode(script, ...args) {
  try {
    await run(process.execPath, [script, ...args]);
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${script} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
