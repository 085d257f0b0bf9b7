/** The built program in a process of its own, and everything that it writes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface BuiltCommand {
  readonly process: ChildProcess;
  /** what it has written to standard output and standard error */
  output(): string;
  /** @throws Error when it ends before it has written this */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** its exit code, when it has ended */
  readonly ended: Promise<number | null>;
  /** asks it to end, and waits until it has */
  stop(): Promise<number | null>;
}

/** @param environment settings; none of the test's own OSUSUME_… are passed on */
export function runBuilt(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): BuiltCommand {
  const own = Object.entries(process.env).filter(([name]) => !/^(OSUSUME_|OTEL_)/.test(name));
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(own), NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(text);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`It ended without ${pattern}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { process: child, output: () => text, until, ended, stop };
}
