/** The package as somebody installs it: packed from a checkout, installed by npm into an empty folder, run by some Node. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUFFER = { maxBuffer: 1 << 26 };

/** A copy of the files of the checkout that nothing was built in. */
export async function unbuiltCheckout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-checkout-'));
  const { stdout } = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'], BUFFER);
  const files = stdout.split('\0').filter((path) => path && !/^(test|docs|notebooks)\//.test(path));
  await Promise.all(
    files.map(async (path) => {
      // A file that was removed and not yet committed is still listed.
      if (!(await stat(path).catch(() => null))) return;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await cp(path, join(folder, path));
    }),
  );
  await symlink(await realpath('node_modules'), join(folder, 'node_modules'));
  return folder;
}

export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

export async function pack(checkout: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json'], { ...BUFFER, cwd: checkout });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ];
  return { tarball: join(checkout, filename), files: files.map(({ path }) => path) };
}

/** The programs `node` by major version: the one that runs this, and those of .ci/install/package. */
export async function nodes(): Promise<ReadonlyMap<string, string>> {
  const found = new Map([[process.versions.node.split('.')[0], process.execPath]]);
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const versions = await readdir(join(folder, 'nodes')).catch(() => []);
    for (const version of versions)
      if (!found.has(version)) found.set(version, join(folder, 'nodes', version, 'bin/node'));
  }
  return found;
}

export class Installation {
  private constructor(
    private readonly node: string,
    readonly folder: string,
    /** what npm said */
    readonly log: string,
  ) {}

  /** @param flags of npm install */
  static async of(tarball: string, node: string, flags: readonly string[]): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-install-'));
    const { stdout: global } = await run('npm', ['root', '--global']);
    const npm = join(global.trim(), 'npm/bin/npm-cli.js');
    const args = [npm, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...flags, tarball];
    const { stdout, stderr } = await run(node, args, {
      ...BUFFER,
      cwd: folder,
      env: environment(node),
    });
    return new Installation(node, folder, `${stdout}\n${stderr}`);
  }

  async packages(): Promise<string[]> {
    return readdir(join(this.folder, 'node_modules'));
  }

  async megabytes(): Promise<number> {
    const modules = join(this.folder, 'node_modules');
    const { stdout } = await run('du', ['-s', '-B1', '--apparent-size', modules]);
    return Number(stdout.split('\t')[0]) / 1e6;
  }

  /** Runs a command of osusume to its end. */
  async osusume(...args: string[]): Promise<{ code: number; output: string }> {
    const child = this.#spawn(args);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data;
      });
    const [code] = await once(child, 'close');
    return { code, output };
  }

  /** Serves the home while `use` runs. */
  async serving(home: string, use: (url: string) => Promise<void>): Promise<void> {
    const child = this.#spawn(['serve', '--home', home, '--port', '0', '--posters', 'off']);
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => {
          output += data;
          const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
          if (found) resolve(found);
        });
      child.once('close', () => reject(new Error(output)));
    });
    try {
      await use(url);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    if (child.exitCode !== 0) throw new Error(output);
  }

  #spawn(args: string[]) {
    const main = join(this.folder, 'node_modules/osusume/dist/main.js');
    const env = { ...environment(this.node), NODE_ENV: 'production' };
    return spawn(this.node, [main, ...args], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** Without what npm and vitest have set: their settings are not those of the folder. */
function environment(node: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV|NODE_OPTIONS|OSUSUME_)/.test(name),
  );
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`;
  return { ...Object.fromEntries(kept), PATH: path };
}
