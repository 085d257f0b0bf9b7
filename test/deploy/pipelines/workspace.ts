/** A copy of what the scripts of deploy/scripts need, in which they may write, and running them there. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  /** stdout and stderr together */
  readonly output: string;
}

export type Settings = Readonly<Record<string, string>>;

/** Settings of the machine that the scripts would otherwise take for theirs. */
const OURS = [
  'DRY_RUN',
  'ENVIRONMENT',
  'IMAGE',
  'TRAIN_IMAGE',
  'BUCKET',
  'ADDRESS',
  'KUBECONFIG',
  'GKE_CLUSTER',
];

export class Workspace {
  readonly folder: string;
  /** comes first in PATH */
  readonly bin: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.bin = join(folder, 'bin');
  }

  static async make(): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'osusume-pipelines-')));
    await mkdir(workspace.bin);
    await cp('deploy', join(workspace.folder, 'deploy'), { recursive: true });
    return workspace;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  environment(settings: Settings = {}): NodeJS.ProcessEnv {
    const environment: NodeJS.ProcessEnv = { ...process.env, COMMIT: 'abc123', ...settings };
    for (const name of OURS) if (!(name in settings)) delete environment[name];
    return { ...environment, PATH: [this.bin, process.env.PATH].join(delimiter) };
  }

  run(script: string, settings: Settings = {}, args: readonly string[] = []): Promise<Ran> {
    return run(join(this.folder, 'deploy/scripts', script), args, this.environment(settings));
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  /** A program of a few lines of bash, which the scripts find before the real one. */
  program(name: string, lines: string): Promise<void> {
    return writeFile(join(this.bin, name), `#!/usr/bin/env bash\n${lines}\n`, { mode: 0o755 });
  }
}

export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  cwd?: string,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * Whether these programs are here. OSUSUME_REQUIRE_DEPLOY=1: a missing one is an error, not a skip.
 */
export function have(...programs: string[]): boolean {
  const missing = programs.filter((program) => pathOf(program) === undefined);
  if (missing.length === 0) return true;
  const message = `Not installed: ${missing.join(', ')} (.ci/install has a script for each area)`;
  if (process.env.OSUSUME_REQUIRE_DEPLOY === '1') throw new Error(message);
  console.warn(`Skipped. ${message}`);
  return false;
}

/** Where a program of PATH lies. */
export function pathOf(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
