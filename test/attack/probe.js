/**
 * Asks /healthz of a server on one kept connection, all the time, and an idle server beside it at the same moments.
 * A process of its own, so that the attacker's work does not count: probe.js <address> <process id>. It prints nothing;
 * each message ends a measurement, is answered with it, and begins the next one.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import { fileURLToPath } from 'node:url';

/** ms between an answer and the next request */
const PAUSE = 4;
/** ms: longer than any attack */
const PATIENCE = 60_000;

/** @typedef {{ from: number, to: number, waited: number, failure: string | null }} Sample times in ms */

const [address, pid] = process.argv.slice(2);
if (address === 'idle') serveNothing();
else await probe();

/** The same answer as /healthz, from a server that does nothing else. */
function serveNothing() {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'));
  server.listen(0, '127.0.0.1', () => {
    const bound = server.address();
    if (bound !== null && typeof bound === 'object')
      process.send?.(`http://127.0.0.1:${bound.port}`);
  });
}

async function probe() {
  const idle = fork(fileURLToPath(import.meta.url), ['idle'], { execArgv: [] });
  const reference = await new Promise((resolve) => idle.once('message', resolve));
  /** @type {Sample[]} */
  let target = [];
  /** @type {Sample[]} */
  let beside = [];
  void askForever(address, (sample) => target.push(sample));
  void askForever(String(reference), (sample) => beside.push(sample));
  process.on('message', async () => {
    // What was asked before the message is answered in this measurement.
    const asked = performance.now();
    while ((target.at(-1)?.from ?? 0) < asked) await pause(PAUSE);
    process.send?.(summary(target, beside));
    target = [];
    beside = [];
  });
  process.on('disconnect', () => {
    idle.kill();
    process.exit();
  });
  process.send?.('ready');
}

/**
 * @param {string} url
 * @param {(sample: Sample) => void} record
 */
async function askForever(url, record) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    const from = performance.now();
    const before = waitedForProcessor();
    const failure = await ask(url, agent);
    const waited = waitedForProcessor() - before;
    record({ from, to: performance.now(), waited, failure });
    await pause(PAUSE);
  }
}

/**
 * @param {string} url
 * @param {Agent} agent
 * @returns {Promise<string | null>} what went wrong
 */
function ask(url, agent) {
  return new Promise((resolve) => {
    const request = get(`${url}/healthz`, { agent, timeout: PATIENCE }, (response) => {
      response.resume();
      response.once('end', () =>
        resolve(response.statusCode === 200 ? null : `status ${response.statusCode}`),
      );
      response.once('error', (error) => resolve(error.message));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', (error) => resolve(error.message));
  });
}

/** ms that the server's main thread has waited for a processor core so far; 0 where the system does not say. */
function waitedForProcessor() {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/**
 * @param {Sample[]} target
 * @param {Sample[]} beside
 */
function summary(target, beside) {
  const delays = target.map(({ from, to, waited }) => {
    const meanwhile = beside.filter((other) => other.from < to && other.to > from);
    const machine = Math.max(waited, ...meanwhile.map((other) => other.to - other.from));
    return Math.max(0, to - from - machine);
  });
  return {
    samples: target.length,
    longest: Math.max(0, ...delays),
    longestAsMeasured: Math.max(0, ...target.map(({ from, to }) => to - from)),
    failures: target.flatMap(({ failure }) => failure ?? []),
  };
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
