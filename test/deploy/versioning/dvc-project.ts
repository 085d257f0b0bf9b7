/** A repository of one's own with the project's pipeline, and DVC in it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the pipeline's stages depend on, beside the build. */
const PARTS = ['dvc.yaml', '.dvc/config', '.dvc/.gitignore', '.dvcignore', 'configs', 'src'];
const DVC_FOLDER = ['dvc/osusume', 'dvc/.gitignore'];
const ROOT = process.cwd();

export class DvcProject {
  private constructor(readonly folder: string) {}

  /** The pipeline of this checkout on a smaller sample, nothing run yet. */
  static async create(): Promise<DvcProject> {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-dvc-'));
    await mkdir(join(folder, 'dvc'));
    for (const path of [...PARTS, ...DVC_FOLDER])
      await cp(join(ROOT, path), join(folder, path), { recursive: true });
    const project = new DvcProject(folder);
    await project.run('git', 'init', '--quiet', '--initial-branch=main');
    await project.#linkBuild();
    const pipeline = await project.read('dvc.yaml');
    const small = pipeline.replace('sample dvc/sample', 'sample dvc/sample --people 600');
    await writeFile(join(folder, 'dvc.yaml'), small);
    await project.commit('The pipeline');
    return project;
  }

  /** What Git has of it, in another folder: without DVC's cache and without what it keeps. */
  async clone(): Promise<DvcProject> {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-dvc-'));
    await promisify(execFile)('git', ['clone', '--quiet', this.folder, folder]);
    const project = new DvcProject(folder);
    await project.#linkBuild();
    return project;
  }

  async #linkBuild(): Promise<void> {
    await symlink(join(ROOT, 'dist'), join(this.folder, 'dist'));
    await appendFile(join(this.folder, '.git/info/exclude'), '/dist\n');
    await this.run('git', 'config', 'user.name', 'Test');
    await this.run('git', 'config', 'user.email', 'test@example.org');
  }

  async commit(message: string): Promise<void> {
    await this.run('git', 'add', '--all');
    await this.run('git', 'commit', '--quiet', '--message', message);
  }

  /** @returns what DVC prints */
  dvc(...args: string[]): Promise<string> {
    return this.run('dvc', ...args);
  }

  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.dvc(...args, '--json')) as T;
  }

  /** The stages that `dvc repro` ran. */
  async repro(...args: string[]): Promise<string[]> {
    const printed = await this.dvc('repro', ...args);
    return [...printed.matchAll(/Running stage '([^']+)'/g)].map(([, stage]) => stage);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  /** The one version of a kind in the home that DVC keeps. */
  async version(kind: string): Promise<string> {
    const names = await readdir(join(this.folder, 'dvc/home', kind));
    const versions = names.filter((name) => name !== 'current');
    if (versions.length !== 1) throw new Error(`${kind}: ${versions.length} versions`);
    return versions[0];
  }

  /** @throws with what it printed when it fails */
  async run(command: string, ...args: string[]): Promise<string> {
    const { NO_COLOR: _, ...environment } = process.env;
    const env = { ...environment, ...this.environment, DVC_NO_ANALYTICS: '1' };
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      cwd: this.folder,
      env,
      maxBuffer: 1 << 26,
    }).catch((error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${command} ${args.join(' ')}:\n${error.stdout}\n${error.stderr}`);
    });
    return args.includes('--json') ? stdout : `${stdout}${stderr}`;
  }

  /** for its commands, beside that of the test */
  environment: Readonly<Record<string, string>> = {};
}

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.some((folder) => existsSync(join(folder, program)));
}
