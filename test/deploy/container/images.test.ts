/**
 * The images of deploy/container/Dockerfile, built by buildah and run in namespaces of their own. Stand-ins take the place
 * of the two bases (.ci/install/container).
 */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  basesFolder,
  type Container,
  freePort,
  type Image,
  ImageStore,
  type RunOptions,
  runImage,
  waitFor,
} from './images.ts';

const HOME = '/var/lib/osusume';
const DOCKERFILE = 'deploy/container/Dockerfile';
const NODE = '/nodejs/bin/node';
/** bytes: what the serving image adds to its base, compressed, at most */
const MOST_BYTES = 60_000_000;

const bases = basesFolder();
if (bases === null && process.env.OSUSUME_REQUIRE_DEPLOY === '1')
  throw new Error('No images: .ci/install/container <a folder of PATH> has not run here');

describe.skipIf(bases === null)('container images', () => {
  let store: ImageStore;
  let serve: Image;
  let all: Image;
  let work: string;
  /** a home with a bundle of the sample, which belongs to user 10001 */
  let home: string;
  const running: Container[] = [];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'osusume-containers-'));
    store = await ImageStore.open(bases as string);
    serve = await store.build('osusume-serve', DOCKERFILE, 'serve');
    all = await store.build('osusume', DOCKERFILE, 'all');
  });

  afterAll(async () => {
    for (const container of running) kill(container);
    await store?.remove();
    await rm(work, { recursive: true, force: true });
  });

  async function start(image: Image, options: RunOptions = {}): Promise<[Container, string]> {
    const port = await freePort();
    // Two of them run at the same time here, and ports are the machine's.
    const env = { PORT: String(port), OSUSUME_METRICS_PORT: '', ...options.env };
    const container = await runImage(image, { ...options, env });
    running.push(container);
    return [container, `http://127.0.0.1:${port}`];
  }

  async function emptyHome(name: string, owner = 10001): Promise<string> {
    const folder = join(work, name);
    await mkdir(folder, { mode: 0o700 });
    chownSync(folder, owner, owner);
    return folder;
  }

  async function copyOfHome(name: string, owner: number): Promise<string> {
    const folder = await emptyHome(name, owner);
    for (const kind of ['bundle', 'map'])
      await cp(join(home, kind), join(folder, kind), { recursive: true });
    execFileSync('chown', ['-R', `${owner}:${owner}`, folder]);
    return folder;
  }

  describe('all', () => {
    it('takes rows in, makes a bundle and serves it', async () => {
      home = await emptyHome('home');
      const volumes = { [HOME]: home };
      const making = await runImage(all, { args: ['pipeline'], volumes, tmpfs: ['/tmp'] });
      expect(await making.ended, making.output()).toBe(0);
      expect(await readdir(home)).toEqual(expect.arrayContaining(['ingest', 'bundle', 'map']));

      const [container, url] = await start(all, { volumes, tmpfs: ['/tmp'] });
      await waitFor(`${url}/readyz`, 200, container);
      expect(await titlesFor(url)).toBeGreaterThan(0);
      container.signal('SIGTERM');
      expect(await container.ended, container.output()).toBe(0);
    });

    it('runs as user 10001 without a shell, a package manager or capabilities', () => {
      for (const { config, root } of [serve, all]) {
        expect(config.User).toBe('10001:10001');
        for (const program of ['bin/sh', 'usr/bin/sh', 'usr/bin/npm', 'usr/local/bin/npm'])
          expect(existsSync(join(root, program))).toBe(false);
      }
    });
  });

  describe('serve', () => {
    it('says what it is, where it listens and how it is asked for its health', () => {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
      const { config } = serve;
      expect(config.Entrypoint).toEqual([NODE, '/app/dist/main.js']);
      expect(config.Cmd).toEqual(['serve']);
      expect(Object.keys(config.Volumes)).toEqual([HOME]);
      expect(Object.keys(config.ExposedPorts).sort()).toEqual(['8080/tcp', '9464/tcp']);
      expect(config.Healthcheck?.Test).toEqual(['CMD', NODE, '/app/health.js']);
      expect(config.Env).toEqual(
        expect.arrayContaining(['NODE_ENV=production', 'HOST=0.0.0.0', 'PORT=8080']),
      );
      expect(config.Labels).toMatchObject({
        'org.opencontainers.image.title': 'Osusume',
        'org.opencontainers.image.licenses': 'MIT',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.revision': 'unknown',
      });
    });

    it('lists its packages, none of which only other stages need', () => {
      const sbom = serve.config.Labels['io.osusume.sbom'];
      const listed = JSON.parse(readFileSync(join(serve.root, sbom), 'utf8')) as {
        bomFormat: string;
        components: { name: string; group?: string }[];
      };
      expect(listed.bomFormat).toBe('CycloneDX');
      const names = listed.components.map(({ name }) => name);
      const modules = readdirSync(join(serve.root, 'app/node_modules'));
      expect(names).toEqual(expect.arrayContaining(['fastify', '@opentelemetry/sdk-trace']));
      expect(modules).toEqual(expect.arrayContaining(['fastify', '@opentelemetry']));
      const unscoped = modules.filter((name) => !/^[@.]/.test(name));
      expect(unscoped.filter((name) => !names.includes(name))).toEqual([]);
      for (const absent of [
        '@duckdb',
        'onnxruntime-node',
        '@observablehq',
        'vitest',
        'typescript',
      ]) {
        expect(modules).not.toContain(absent);
        expect(names.filter((name) => name.includes(absent))).toEqual([]);
      }
      expect(readdirSync(join(all.root, 'app/node_modules'))).toContain('onnxruntime-node');
    });

    it('adds at most 60 MB to its base', async () => {
      const base = (await store.image('localhost/osusume-run-base')).layers;
      const bytes = await store.layerBytes('osusume-serve');
      const added = bytes.slice(base).reduce((sum, size) => sum + size, 0);
      const megabytes = bytes.map((size) => (size / 1e6).toFixed(1)).join(', ');
      console.log(
        `serve adds ${(added / 1e6).toFixed(1)} MB to its base (layers: ${megabytes} MB)`,
      );
      expect(added).toBeLessThan(MOST_BYTES);
    });

    it('serves a mounted bundle with a read-only root, also as another user', async () => {
      for (const owner of [10001, 20002]) {
        const mounted = await copyOfHome(`mounted-${owner}`, owner);
        const started = performance.now();
        const [container, url] = await start(serve, {
          user: `${owner}:${owner}`,
          volumes: { [HOME]: mounted },
        });
        await waitFor(`${url}/readyz`, 200, container);
        console.log(`ready after ${Math.round(performance.now() - started)} ms as user ${owner}`);
        expect(await titlesFor(url)).toBeGreaterThan(0);
        expect((await fetch(url)).status).toBe(200);
        expect(container.processes()).toHaveLength(1);
        container.signal('SIGTERM');
        expect(await container.ended, container.output()).toBe(0);
      }
    });

    it('serves a bundle that is baked into an image of its own', async () => {
      const context = join(work, 'baked');
      await mkdir(context);
      for (const kind of ['bundle', 'map'])
        await cp(join(home, kind), join(context, 'home', kind), { recursive: true });
      await writeFile(join(context, 'Dockerfile'), documented('FROM osusume-serve'));
      const baked = await store.build('baked', join(context, 'Dockerfile'), null, context);
      const [container, url] = await start(baked);
      await waitFor(`${url}/readyz`, 200, container);
      expect(await titlesFor(url)).toBeGreaterThan(0);
      expect((await fetch(`${url}/api/map`)).status).toBe(200);
      container.signal('SIGTERM');
      expect(await container.ended, container.output()).toBe(0);
    });

    it('has metrics on a port of their own', async () => {
      const volumes = { [HOME]: await copyOfHome('measured', 10001) };
      const port = await freePort();
      const env = { OSUSUME_METRICS_PORT: String(port) };
      expect(serve.config.Env).toContain('OSUSUME_METRICS_PORT=9464');
      const [container, url] = await start(serve, { volumes, env });
      await waitFor(`${url}/readyz`, 200, container);
      const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(await metrics.text()).toContain('osusume_bundle_info');
      container.signal('SIGTERM');
      expect(await container.ended).toBe(0);
    });

    it('reports its health to an engine', async () => {
      const volumes = { [HOME]: await copyOfHome('healthy', 10001) };
      const [container, url] = await start(serve, { volumes });
      await waitFor(`${url}/healthz`, 200, container);
      const check = async (port: string) => {
        const entrypoint = serve.config.Healthcheck?.Test.slice(1);
        const asked = await runImage(serve, { entrypoint, args: [], env: { PORT: port } });
        return { code: await asked.ended, output: asked.output().trim() };
      };
      expect(await check(new URL(url).port)).toEqual({ code: 0, output: '/healthz: 200' });
      expect(await check(String(await freePort()))).toMatchObject({ code: 1 });
      kill(container);
      await container.ended;
    });

    it('serves the same volume again after it was killed', async () => {
      const volumes = { [HOME]: await copyOfHome('killed', 10001) };
      for (let round = 0; round < 2; round++) {
        const [container, url] = await start(serve, { volumes });
        await waitFor(`${url}/readyz`, 200, container);
        expect(await titlesFor(url)).toBeGreaterThan(0);
        kill(container);
        expect(await container.ended).not.toBe(0);
      }
    });

    it('drains as process 1: what has begun is answered, nothing new is promised', async () => {
      const volumes = { [HOME]: await copyOfHome('drained', 10001) };
      const [container, url] = await start(serve, { volumes });
      await waitFor(`${url}/readyz`, 200, container);
      const begun = slowRequest(url);
      await begun.connected;
      container.signal('SIGTERM');
      await waitFor(`${url}/readyz`, 503, container);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      begun.finish();
      expect(await begun.status).toBe(200);
      expect(await container.ended, container.output()).toBe(0);
    });

    it('ends at once on a second signal, which the kernel keeps from process 1 by default', async () => {
      const volumes = { [HOME]: await copyOfHome('hurried', 10001) };
      const [container, url] = await start(serve, { volumes });
      await waitFor(`${url}/readyz`, 200, container);
      const begun = slowRequest(url);
      await begun.connected;
      container.signal('SIGTERM');
      await waitFor(`${url}/readyz`, 503, container);
      container.signal('SIGTERM');
      expect(await container.ended).toBe(143);
      expect(await begun.status).toBe(0);
    });

    it('waits for a bundle where there is none, and says why it makes none', async () => {
      const volumes = { [HOME]: await emptyHome('empty') };
      const [container, url] = await start(serve, { volumes });
      await waitFor(`${url}/healthz`, 200, container);
      expect((await fetch(`${url}/readyz`)).status).toBe(503);
      expect(container.output()).toMatch(/pipeline needs @duckdb\/node-api/);
      container.signal('SIGTERM');
      expect(await container.ended).toBe(0);
    });

    it('names the stage and what it lacks when another stage is asked for', async () => {
      const volumes = { [HOME]: await emptyHome('refusing') };
      const stage = await runImage(serve, { args: ['ingest'], volumes });
      expect(await stage.ended).toBe(1);
      expect(stage.output()).toMatch(
        /ingest needs @duckdb\/node-api.*npm install.*osusume-train and osusume have every stage/s,
      );
      expect(await readdir(volumes[HOME])).toEqual([]);
    });
  });
});

/** The Dockerfile of docs/containers.md that begins with this line. */
function documented(first: string): string {
  const blocks = readFileSync('docs/containers.md', 'utf8').split('```');
  const block = blocks.find((text) => text.startsWith(`dockerfile\n${first}`));
  return (block ?? '').slice('dockerfile\n'.length);
}

/** How many titles a rating is answered with. */
async function titlesFor(url: string): Promise<number> {
  const response = await fetch(`${url}/api/recommendations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ratings: [{ animeId: 1, rating: 9 }] }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: unknown[] }).items.length;
}

/** A request whose body is still under way. */
function slowRequest(url: string) {
  const body = JSON.stringify({ ratings: [{ animeId: 1, rating: 9 }] });
  const sent = request(`${url}/api/recommendations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
  const status = new Promise<number>((resolve) => {
    sent.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', () => resolve(0));
  });
  const connected = new Promise<void>((resolve) => sent.write(body.slice(0, 10), () => resolve()));
  return { connected, status, finish: () => sent.end(body.slice(10)) };
}

function kill(container: Container): void {
  try {
    container.signal('SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
