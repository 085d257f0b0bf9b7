/** Runs a program that can be restarted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds after which a program that was asked to stop is killed. */
const PATIENCE = 3000;

/**
 * @param {string[]} args arguments for Node
 * @param {() => unknown} onEnd called when the program ends by itself
 */
export function restarting(args, onEnd) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** Restarts run one after another. */
  let last = Promise.resolve();

  function start() {
    const started = spawn(process.execPath, args, { stdio: 'inherit' });
    child = started;
    started.once('exit', () => {
      if (child !== started) return;
      child = undefined;
      onEnd();
    });
  }

  async function stop() {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    const kill = setTimeout(() => running.kill('SIGKILL'), PATIENCE);
    await ended;
    clearTimeout(kill);
  }

  return {
    /** @returns {Promise<void>} */
    restart() {
      last = last.then(stop).then(start);
      return last;
    },
    /** @returns {Promise<void>} */
    stop() {
      last = last.then(stop);
      return last;
    },
  };
}
