/** Programs that run until they are stopped, and programs that run to their end. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @import { ChildProcess } from 'node:child_process' */

export class Processes {
  /** @type {{ readonly name: string; readonly child: ChildProcess }[]} */
  #running = [];
  /** @type {Error | null} why a program could not be started */
  #problem = null;
  /** @param {string} folder of the log files */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * @param {string} path of the program
   * @param {readonly string[]} options
   */
  start(path, options) {
    const name = path.replace(/.*\//, '');
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(path, options, { stdio: ['ignore', log, log], cwd: this.folder });
    closeSync(log);
    child.once('error', (error) => {
      this.#problem ??= error;
    });
    this.#running.push({ name, child });
  }

  /** Stops all, the last one first. */
  async stop() {
    for (const { child } of this.#running.reverse()) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(impatient);
    }
    this.#running = [];
  }

  /**
   * Waits until `ready` answers true.
   * @param {string} what for the message
   * @param {() => Promise<boolean>} ready
   * @param {number} seconds
   */
  async until(what, ready, seconds = 60) {
    await until(
      what,
      async () => {
        if (this.#problem) throw this.#problem;
        const ended = this.#running.find(({ child }) => child.exitCode !== null);
        if (!ended) return ready();
        const log = await readFile(join(this.folder, `${ended.name}.log`), 'utf8');
        throw new Error(`${ended.name} has ended:\n${log.split('\n').slice(-20).join('\n')}`);
      },
      seconds,
    );
  }
}

/**
 * Asks every 200 ms until the answer is true.
 * @param {string} what for the message
 * @param {() => Promise<boolean>} holds
 * @param {number} seconds
 */
export async function until(what, holds, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
    await sleep(200);
  }
}

/**
 * @param {string} path
 * @param {readonly string[]} options
 * @param {string} [input]
 * @returns {Promise<{ code: number | null; output: string; problem: string }>}
 */
export function run(path, options, input = '') {
  return new Promise((done, fail) => {
    const child = spawn(path, options, { stdio: 'pipe' });
    let output = '';
    let problem = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      problem += text;
    });
    child.once('error', fail);
    child.once('close', (code) => done({ code, output, problem }));
    // a program that has ended without reading is judged by its exit code
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/**
 * Ports that are free now.
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = [];
  for (const server of servers) {
    await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)));
    const address = server.address();
    if (address && typeof address === 'object') ports.push(address.port);
  }
  for (const server of servers) await new Promise((closed) => server.close(closed));
  return ports;
}
