/** Programs of others that tests of deploy/ run. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** Whether it is installed. OSUSUME_REQUIRE_DEPLOY=1: a missing one is an error, not a skip. */
export function hasProgram(name: string): boolean {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined) return true;
  if (process.env.OSUSUME_REQUIRE_DEPLOY === '1')
    throw new Error(`${name} is missing: .ci/install has a script that installs it`);
  console.warn(`${name} is missing: what needs it is skipped`);
  return false;
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface StartedProgram {
  /** all that it has printed */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export function startProgram(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): StartedProgram {
  const child: ChildProcess = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return {
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(impatient);
    },
  };
}
