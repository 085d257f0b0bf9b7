/** The built server in a process of its own, with a heap of 512 MB, and the probe that watches it. */
import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HEAP_MB = 512;
/** ms */
const TIME_TO_START = 60_000;

export interface Measurement {
  readonly samples: number;
  /** ms: the longest delay that the server itself caused */
  readonly longest: number;
  /** ms: the same with what the machine's other work caused */
  readonly longestAsMeasured: number;
  /** what was answered with anything but 200 */
  readonly failures: readonly string[];
}

export interface AttackedServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** everything that it has written */
  log(): string;
  isRunning(): boolean;
  /** resident memory in MB */
  memory(): Promise<number>;
  /** what the probe has seen since the last call */
  measure(): Promise<Measurement>;
  stop(): Promise<void>;
}

/**
 * @param environment settings, such as OSUSUME_TRUST_PROXY
 * @param options of `osusume serve`, such as --config
 */
export async function startServer(
  home: string,
  environment: NodeJS.ProcessEnv = {},
  options: readonly string[] = [],
): Promise<AttackedServer> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      ...['dist/main.js', 'serve', '--home', home, '--port', '0', '--posters', 'off', ...options],
    ],
    { env: { ...process.env, NO_COLOR: '1', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const write = (chunk: Buffer) => {
    log += chunk;
  };
  child.stdout.on('data', write);
  child.stderr.on('data', write);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const url = await addressIn(() => log, isRunning);
  const probe = await startProbe(url, child);
  return {
    url,
    port: Number(new URL(url).port),
    process: child,
    log: () => log,
    isRunning,
    memory: () => residentMemory(child),
    measure: () => answerOf(probe),
    async stop() {
      probe.disconnect();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function addressIn(log: () => string, isRunning: () => boolean): Promise<string> {
  for (const end = Date.now() + TIME_TO_START; Date.now() < end && isRunning(); ) {
    const found = /Osusume is at (http:\S+)/.exec(log());
    if (found) return found[1];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The server did not start:\n${log()}`);
}

async function startProbe(url: string, { pid }: ChildProcess): Promise<ChildProcess> {
  const probe = fork('test/attack/probe.js', [url, String(pid)], { execArgv: [] });
  await new Promise((resolve) => probe.once('message', resolve));
  return probe;
}

function answerOf(probe: ChildProcess): Promise<Measurement> {
  const answer = new Promise<Measurement>((resolve) =>
    probe.once('message', (measured) => resolve(measured as Measurement)),
  );
  probe.send('measure');
  return answer;
}

/** From /proc where there is one; containers often lack ps. */
async function residentMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  const kilobytes = status
    ? /VmRSS:\s*(\d+)/.exec(status)?.[1]
    : (await run('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => null))?.stdout;
  return Number(kilobytes ?? 0) / 1024;
}
