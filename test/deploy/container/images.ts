/** Builds the images with buildah, in a store of their own, and runs them. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RUN_IMAGE = 'test/deploy/container/run-image';

/** The folder that .ci/install/container has filled; null = it did not run here. */
export function basesFolder(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = folders.find((folder) => existsSync(join(folder, 'container-bases/complete')));
  const hasBuildah = folders.some((folder) => existsSync(join(folder, 'buildah')));
  return found && hasBuildah ? join(found, 'container-bases') : null;
}

/** Of an image's configuration, as Docker writes it. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Volumes: Readonly<Record<string, object>>;
  readonly ExposedPorts: Readonly<Record<string, object>>;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal: string;
  readonly Healthcheck?: { readonly Test: readonly string[] };
}

export interface Image {
  readonly name: string;
  readonly config: ImageConfig;
  /** path of its root file system */
  readonly root: string;
  /** number of layers, those of the base included */
  readonly layers: number;
}

export class ImageStore {
  private constructor(
    readonly folder: string,
    readonly driver: 'overlay' | 'vfs',
  ) {}

  /** Where overlays cannot be mounted, each layer is a copy of the one below: slow, and many gigabytes. */
  static async open(bases: string): Promise<ImageStore> {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-images-'));
    return ImageStore.#filled(folder, 'overlay', bases).catch(() =>
      ImageStore.#filled(folder, 'vfs', bases),
    );
  }

  static async #filled(folder: string, driver: 'overlay' | 'vfs', bases: string) {
    const store = new ImageStore(folder, driver);
    for (const name of ['build', 'run']) {
      const id = await store.buildah(
        'pull',
        '--quiet',
        `oci-archive:${join(bases, `${name}.tar`)}`,
      );
      await store.buildah('tag', id, `localhost/osusume-${name}-base`);
    }
    return store;
  }

  async buildah(...args: string[]): Promise<string> {
    const { folder, driver } = this;
    const store = ['--storage-driver', driver, '--root', join(folder, driver, 'storage')];
    store.push('--runroot', join(folder, driver, 'runroot'));
    const { stdout } = await run('buildah', [...store, ...args], { maxBuffer: 1 << 26 });
    return stdout.trim();
  }

  /**
   * @param dockerfile its stages may begin with the stand-ins of the bases
   * @param target null = the last stage
   * @param context default: the checkout
   */
  async build(
    name: string,
    dockerfile: string,
    target: string | null,
    context = '.',
  ): Promise<Image> {
    const bases = ['BUILD', 'RUN'].flatMap((kind) => [
      '--build-arg',
      `${kind}_IMAGE=localhost/osusume-${kind.toLowerCase()}-base`,
    ]);
    const how = ['--isolation', 'chroot', '--pull-never', '--layers', '--format', 'docker'];
    const what = ['--file', dockerfile, '--tag', name, ...(target ? ['--target', target] : [])];
    await this.buildah('bud', '--quiet', ...how, ...bases, ...what, context);
    return this.image(name);
  }

  async image(name: string): Promise<Image> {
    const inspected = JSON.parse(await this.buildah('inspect', '--type', 'image', name));
    const container = await this.buildah('from', '--pull-never', name);
    return {
      name,
      config: inspected.Docker.config,
      root: await this.buildah('mount', container),
      layers: inspected.Docker.rootfs.diff_ids.length,
    };
  }

  /** Compressed bytes of each layer, the base's first. */
  async layerBytes(name: string): Promise<number[]> {
    const folder = join(this.folder, `pushed-${name}`);
    await this.buildah('push', '--quiet', name, `oci:${folder}:pushed`);
    const read = async (digest: string) =>
      JSON.parse(await readFile(join(folder, 'blobs', digest.replace(':', '/')), 'utf8'));
    const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
    const manifest = await read(index.manifests[0].digest);
    return manifest.layers.map(({ size }: { size: number }) => size);
  }

  async remove(): Promise<void> {
    await this.buildah('umount', '--all');
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface RunOptions {
  /** default: the image's */
  readonly args?: readonly string[];
  /** instead of the image's entry point */
  readonly entrypoint?: readonly string[];
  /** default: the image's */
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** target → source */
  readonly volumes?: Readonly<Record<string, string>>;
  readonly tmpfs?: readonly string[];
}

export interface Container {
  output(): string;
  /** to process 1 of the container */
  signal(name: NodeJS.Signals): void;
  /** exit code of process 1; not 0 when a signal ended it */
  readonly ended: Promise<number>;
  /** the names of all processes in the container */
  processes(): string[];
}

export async function runImage(image: Image, options: RunOptions = {}): Promise<Container> {
  const { config, root } = image;
  const command = [...(options.entrypoint ?? config.Entrypoint), ...(options.args ?? config.Cmd)];
  const env = [...config.Env, ...Object.entries(options.env ?? {}).map(([k, v]) => `${k}=${v}`)];
  const args = [
    ...['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private', RUN_IMAGE],
    ...[root, options.user ?? config.User],
    ...Object.entries(options.volumes ?? {}).flatMap(([to, from]) => ['--volume', `${from}:${to}`]),
    ...(options.tmpfs ?? []).flatMap((target) => ['--tmpfs', target]),
    ...env.flatMap((entry) => ['--env', entry]),
    ...['--', ...command],
  ];
  const engine = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [engine.stdout, engine.stderr])
    stream.on('data', (data: Buffer) => {
      output += data;
    });
  const ended = new Promise<number>((resolve) => {
    engine.once('close', (code) => resolve(code ?? 1));
  });
  const first = await childOf(engine.pid as number);
  return {
    output: () => output,
    signal: (name) => process.kill(first, name),
    ended,
    processes: () => [first, ...descendants(first)].map(nameOf),
  };
}

const childrenOf = (pid: number): number[] => {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
};
const descendants = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

async function childOf(pid: number): Promise<number> {
  for (;;) {
    const [child] = childrenOf(pid);
    if (child !== undefined) return child;
    if (!existsSync(`/proc/${pid}`)) throw new Error('the container ended before it began');
    await sleep(5);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until the answer has this status. Ends when the container does. */
export async function waitFor(url: string, status: number, container: Container): Promise<void> {
  let isOver = false;
  void container.ended.then(() => {
    isOver = true;
  });
  for (;;) {
    const answer = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (answer === status) return;
    if (isOver) throw new Error(`the container ended:\n${container.output()}`);
    await sleep(10);
  }
}
