/**
 * Honest clients with hostile ones among them: how long the honest ones wait, whether one of them fails, and whether the
 * server's memory stays flat. Server, honest and hostile clients each run in a separate process; the clients come from
 * many addresses, which the server takes from X-Forwarded-For as behind a proxy.
 *
 *   npm run bench -- hostile [minutes] [--home <folder>] [--rate 25] [--seed 1] [--heap 512] [--calm]
 *
 * `rate`: honest requests a second. Without --home it serves a random bundle of 17,562 titles. --calm leaves the
 * hostile clients out, for comparison: what the machine itself delays.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type HonestReport, honestClients } from './hostile/honest.ts';
import { type HostileReport, hostileClients } from './hostile/hostile-clients.ts';
import { publishRandomBundle } from './random-bundle.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: 'string' },
    rate: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    heap: { type: 'string', default: '512' },
    calm: { type: 'boolean', default: false },
    /** for child processes: who they are, and the server's address */
    role: { type: 'string' },
    url: { type: 'string' },
  },
});

/** niceness of the hostile clients, as of background work */
const HOSTILE_PRIORITY = 10;
/** ms between two lines of the report */
const INTERVAL = 30_000;
/** ms: at first the compiler and building the search index take most of a core */
const WARM_UP = 15_000;
/** what the server's memory may grow by between the second and the last quarter of the run */
const FLAT = 1.1;
/** ms */
const P99_BOUND = 50;
const ADMIN_KEY = 'the-key-of-the-benchmark';

/** begin: forget what was measured so far; interval: since the last question; end: since the beginning */
export type Question = 'begin' | 'interval' | 'end';

interface Memory {
  /** MB */
  readonly resident: number;
  readonly heap: number;
}

const url = String(options.url);
if (options.role === 'honest')
  reportTo(honestClients({ url, rate: Number(options.rate), seed: Number(options.seed) }));
else if (options.role === 'hostile') reportTo(hostileClients(url));
else await main();

async function main(): Promise<void> {
  const minutes = Number(positionals[0] ?? 3);
  if (!(minutes > 0)) throw new Error(`hostile: "${positionals[0]}" is not a number of minutes`);
  const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
  const home = options.home ?? folder;
  const children: ChildProcess[] = [];
  try {
    if (!options.home)
      await publishRandomBundle(home, { seed: Number(options.seed), entries: 60, users: 2000 });
    const { child, url } = await startServer(home);
    children.push(child);
    const clients = [startClients('honest', url)];
    if (!options.calm) clients.push(startClients('hostile', url));
    children.push(...clients);
    await watch({ child, url, clients, end: Date.now() + WARM_UP + minutes * 60_000 });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly child: ChildProcess;
  readonly url: string;
  readonly clients: readonly ChildProcess[];
  /** ms since the epoch */
  readonly end: number;
}

async function watch({ child, url, clients, end }: Run): Promise<void> {
  console.log(
    `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, heap ${options.heap} MB`,
  );
  const [honestOnes, hostileOnes] = clients;
  await sleep(WARM_UP);
  await Promise.all(clients.map((one) => ask(one, 'begin')));
  const began = Date.now();
  const memories: Memory[] = [await memoryOf(child, url)];
  while (Date.now() < end && child.exitCode === null) {
    await sleep(Math.min(INTERVAL, Math.max(1, end - Date.now())));
    const memory = await memoryOf(child, url);
    memories.push(memory);
    const { total } = (await ask(honestOnes, 'interval')) as HonestReport;
    const time = ((Date.now() - began) / 60_000).toFixed(1).padStart(5);
    console.log(
      `${time} min  RSS ${mb(memory.resident)}  heap ${mb(memory.heap)}  honest: ${total.requests} requests, p50 ${total.p50} ms, p99 ${total.p99} ms, longest ${total.longest} ms, ${total.failed} failed`,
    );
  }
  const report = (await ask(honestOnes, 'end')) as HonestReport;
  printHonest(report);
  if (hostileOnes) printHostile((await ask(hostileOnes, 'end')) as HostileReport);
  verdict(report, memories, child.exitCode === null);
}

function printHonest({ kinds, failures }: HonestReport): void {
  console.log('\nhonest              requests   p50 ms   p99 ms  longest   failed');
  for (const { kind, requests, p50, p99, longest, failed } of kinds) {
    const numbers = [requests, p50, p99, longest, failed].map((n) => String(n).padStart(8));
    console.log(`${kind.padEnd(20)}${numbers.join(' ')}`);
  }
  for (const failure of failures) console.log(`  failed: ${failure}`);
}

function printHostile(report: HostileReport): void {
  console.log('\nhostile             how it was answered');
  for (const [kind, answers] of Object.entries(report)) {
    const counts = Object.entries(answers).map(([answer, count]) => `${answer}: ${count}`);
    console.log(`${kind.padEnd(20)}${counts.join(', ')}`);
  }
}

function verdict({ total }: HonestReport, memories: readonly Memory[], alive: boolean): void {
  const quarter = Math.max(1, memories.length >> 2);
  const mean = (part: readonly Memory[]) =>
    part.reduce((sum, { resident }) => sum + resident, 0) / part.length;
  const early = mean(memories.slice(quarter, 2 * quarter));
  const late = mean(memories.slice(-quarter));
  const checks: [what: string, held: boolean][] = [
    ['the server is alive', alive],
    [`${total.failed} of ${total.requests} honest requests failed`, total.failed === 0],
    [`p99 of honest requests ${total.p99} ms, at most ${P99_BOUND}`, total.p99 <= P99_BOUND],
    [
      `memory from ${mb(early)} in the second quarter to ${mb(late)} in the last`,
      late < FLAT * early,
    ],
  ];
  console.log();
  for (const [what, held] of checks) console.log(`${held ? 'held    ' : 'NOT HELD'}  ${what}`);
  if (checks.some(([, held]) => !held)) process.exitCode = 1;
}

function mb(megabytes: number): string {
  return `${Math.round(megabytes)} MB`;
}

async function startServer(home: string): Promise<{ child: ChildProcess; url: string }> {
  const args = [`--max-old-space-size=${options.heap}`, 'dist/main.js', 'serve'];
  const child = spawn(
    process.execPath,
    [...args, '--home', home, '--port', '0', '--posters', 'off'],
    {
      env: {
        ...process.env,
        NO_COLOR: '1',
        OSUSUME_TRUST_PROXY: 'loopback',
        OSUSUME_ADMIN_KEY: ADMIN_KEY,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk;
      const found = /Osusume is at (http:\S+)/.exec(log);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => {
      if (!child.killed)
        console.log(`The server exited with ${code ?? child.signalCode}:\n${log.slice(-3000)}`);
      reject(new Error('The server did not start'));
    });
  });
  return { child, url };
}

function startClients(role: 'honest' | 'hostile', url: string): ChildProcess {
  const args = ['--role', role, '--url', url, '--rate', options.rate, '--seed', options.seed];
  const clients = fork(fileURLToPath(import.meta.url), args);
  // They would be elsewhere: making bombs must not take the server's time.
  if (role === 'hostile' && clients.pid) setPriority(clients.pid, HOSTILE_PRIORITY);
  return clients;
}

function ask(clients: ChildProcess, question: Question): Promise<unknown> {
  const answer = new Promise((resolve) => clients.once('message', resolve));
  clients.send(question);
  return answer;
}

async function memoryOf({ pid }: ChildProcess, url: string): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const resident = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const response = await fetch(`${url}/api/admin/status`, { headers }).catch(() => null);
  const state = response?.ok ? ((await response.json()) as Record<string, unknown>) : {};
  const { memory } = (state.process ?? state) as { memory?: { heapUsed: number } };
  return { resident, heap: (memory?.heapUsed ?? 0) / (1 << 20) };
}

/** A child process: sends until it is killed, and answers the questions of its parent. */
function reportTo(report: (question: Question) => unknown): void {
  process.on('message', (question) => process.send?.(report(question as Question)));
  process.on('disconnect', () => process.exit());
}
