/** The Space of deploy/huggingface: put together, built, and run as a Space is: user 1000, only /tmp writable. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../../support/zip-of.ts';
import { unbuiltCheckout } from '../package/installation.ts';
import {
  basesFolder,
  type Container,
  freePort,
  type Image,
  ImageStore,
  runImage,
  waitFor,
} from './images.ts';

const bases = basesFolder();

describe.skipIf(bases === null)('the Space of deploy/huggingface', () => {
  let folder: string;
  let checkout: string;
  let store: ImageStore;
  let space: Image;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-space-'));
    // It packs, which builds: not in this checkout, whose build other tests are running.
    checkout = await unbuiltCheckout();
    await promisify(execFile)(join(checkout, 'deploy/huggingface/assemble'), [folder]);
    store = await ImageStore.open(bases as string);
    space = await store.build('space', join(folder, 'Dockerfile'), 'space', folder);
  });
  afterAll(async () => {
    await store?.remove();
    for (const each of [folder, checkout]) await rm(each, { recursive: true, force: true });
  });

  async function start(env: Record<string, string> = {}): Promise<[Container, string]> {
    const port = String(await freePort());
    const container = await runImage(space, { env: { ...env, PORT: port }, tmpfs: ['/tmp'] });
    return [container, `http://127.0.0.1:${port}`];
  }

  it('has what Hugging Face asks for', async () => {
    expect(readdirSync(folder).sort()).toEqual(
      ['.gitattributes', 'Dockerfile', 'README.md', 'osusume.tgz', 'start.js'].sort(),
    );
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme).toMatch(/^---\n(.+\n)*sdk: docker\napp_port: 7860\n(.+\n)*---\n/);
    const { User, Env } = space.config;
    expect(User).toBe('1000:1000');
    expect(Env).toEqual(expect.arrayContaining(['PORT=7860', 'HOST=0.0.0.0']));
    // The bases are those of the other images.
    const pinned = readFileSync('deploy/container/Dockerfile', 'utf8').match(
      /^ARG \w+_IMAGE=.+$/gm,
    );
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8').match(/^ARG \w+_IMAGE.*$/gm)).toEqual(
      pinned,
    );
  });

  it('serves the sample, in a frame of huggingface.co, and ends when asked to', async () => {
    const [container, url] = await start();
    await waitFor(`${url}/readyz`, 200, container);
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toContain('https://huggingface.co');
    container.signal('SIGTERM');
    expect(await container.ended, container.output()).toBe(0);
  });

  it('serves a bundle from an address, which it does not write down whole', async () => {
    const home = join(space.root, 'app/home');
    const site = await siteWith(zipOf(await filesOf(home)));
    const { port } = site.address() as AddressInfo;
    const [container, url] = await start({
      BUNDLE_URL: `http://127.0.0.1:${port}/bundle.zip?signature=secret`,
    });
    await waitFor(`${url}/readyz`, 200, container);
    expect(container.output()).toContain('/bundle.zip');
    expect(container.output()).not.toContain('secret');
    container.signal('SIGTERM');
    expect(await container.ended).toBe(0);
    site.close();
  });

  it('says what to do when the address does not answer with an archive', async () => {
    const site = await siteWith(null);
    const { port } = site.address() as AddressInfo;
    const [container] = await start({ BUNDLE_URL: `http://127.0.0.1:${port}/bundle.zip` });
    expect(await container.ended).toBe(1);
    expect(container.output()).toMatch(/answered with 404: set BUNDLE_URL/);
    site.close();
  });
});

/** Path → content of all files below a folder. */
async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const paths = readdirSync(folder, { recursive: true }) as string[];
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path, await readFile(join(folder, path))])),
  );
}

/** @param archive null = there is none */
async function siteWith(archive: Buffer | null): Promise<Server> {
  const site = createServer((_request, response) => {
    if (archive) response.end(archive);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return site;
}
