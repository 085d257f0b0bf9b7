/**
 * build-image and push-image for real: buildah builds a small Dockerfile, skopeo brings it to a registry that runs here
 * (that of go-containerregistry), and what the registry has is what was built.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { have, run, type Settings, Workspace } from './workspace.ts';

const DOCKERFILE = `FROM scratch AS serve
COPY greeting /serve
FROM scratch AS train
COPY greeting /train
`;

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly unknown[];
}

describe.runIf(have('buildah', 'skopeo', 'registry'))('build-image and push-image', () => {
  let workspace: Workspace;
  let registry: ChildProcess;
  let host: string;
  let settings: Settings;

  beforeAll(async () => {
    workspace = await Workspace.make();
    const { folder } = workspace;
    await workspace.write('Dockerfile', DOCKERFILE);
    await workspace.write('greeting', 'hello');
    await workspace.write(
      'storage.conf',
      `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/storage"\nrunroot = "${folder}/running"\n`,
    );
    host = `127.0.0.1:${await freePort()}`;
    registry = spawn('registry', ['-port', host.split(':')[1]], { stdio: 'ignore' });
    await vi.waitUntil(() => answers(`http://${host}/v2/`), { timeout: 30_000 });
    settings = {
      BUILDER: 'buildah',
      BUILDAH_ISOLATION: 'chroot',
      CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
      DOCKERFILE: 'Dockerfile',
      IMAGE_REPOSITORY: `${host}/osusume`,
      REGISTRY_TLS: '0',
    };
  });
  afterAll(async () => {
    registry?.kill();
    await workspace.remove();
  });

  const fromRegistry = async (path: string) =>
    Buffer.from(await (await fetch(`http://${host}/v2/osusume/${path}`)).arrayBuffer());

  it.each(['serve', 'train'])(
    'bring what was built for %s to the registry, by its digest',
    async (target) => {
      const built = await workspace.run('build-image', settings, [target]);
      expect(built.code, built.output).toBe(0);
      const digest = await workspace.read(`pipeline-output/osusume-${target}.digest`);
      expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);

      const pushed = await workspace.run('push-image', settings, [target]);
      expect(pushed.code, pushed.output).toBe(0);
      const reference = (await workspace.read(`pipeline-output/osusume-${target}.image`)).trim();
      expect(reference).toBe(`${host}/osusume/osusume-${target}@${digest}`);

      const name = `osusume-${target}`;
      const body = await fromRegistry(`${name}/manifests/${digest}`);
      expect(`sha256:${createHash('sha256').update(body).digest('hex')}`).toBe(digest);
      expect(await fromRegistry(`${name}/manifests/abc123`)).toEqual(body);
      const manifest = JSON.parse(body.toString()) as Manifest;
      expect(manifest.layers).toHaveLength(1);
      const config = await fromRegistry(`${name}/blobs/${manifest.config.digest}`);
      expect(config.toString()).toContain('"org.opencontainers.image.revision":"abc123"');
    },
  );

  it('leaves a reference that deploy takes', async () => {
    const cluster = { ENVIRONMENT: 'staging', KUBECONFIG: '/nowhere', DRY_RUN: '1' };
    const { code, output } = await workspace.run('deploy', cluster);
    expect(code, output).toBe(0);
    for (const target of ['serve', 'train']) {
      const digest = await workspace.read(`pipeline-output/osusume-${target}.digest`);
      expect(output).toContain(
        `kustomize edit set image osusume-${target}=${host}/osusume/osusume-${target}@${digest}`,
      );
    }
  });

  it('refuses to go on with an image that is not the one that was built', async () => {
    await workspace.write('pipeline-output/osusume-serve.digest', `sha256:${'0'.repeat(64)}`);
    const { code, output } = await workspace.run('push-image', settings);
    expect(output).toMatch(/The registry has sha256:\w+, but sha256:0+ was built/);
    expect(code).toBe(1);
    const left = join(workspace.folder, 'pipeline-output/osusume-serve.image');
    await expect(readFile(left, 'utf8')).rejects.toThrow('ENOENT');
  });

  it('says what to build first', async () => {
    await run('rm', ['-f', join(workspace.folder, 'pipeline-output/osusume-train.tar')]);
    const { code, output } = await workspace.run('push-image', settings, ['train']);
    expect(output).toContain('run deploy/scripts/build-image train first');
    expect(code).toBe(2);
  });

  it('fails where the registry does not answer', async () => {
    await workspace.run('build-image', settings);
    const gone = { ...settings, IMAGE_REPOSITORY: '127.0.0.1:9/osusume' };
    expect((await workspace.run('push-image', gone)).code).not.toBe(0);
  });
});

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
