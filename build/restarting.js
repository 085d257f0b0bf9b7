/** A program that is started again whenever what it is made of has changed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** ms after which a program that was asked to end is killed */
const PATIENCE = 3000;

/**
 * @param {string[]} args of Node
 * @param {() => unknown} onEnd called when the program ends without having been asked to
 */
export function restarting(args, onEnd) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** Restarts follow one another. */
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
