/** fake-gcs-server, which speaks the protocol of Google Cloud Storage, behind a proxy that can be told to fail. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { type FaultyProxy, faultyProxy } from './faulty-proxy.ts';

const PROGRAM = 'fake-gcs-server';
export const BUCKET = 'osusume-test';

/** True where the server is not installed, and nobody requires it. */
export function isMissing(): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${PROGRAM}`]).status === 0;
  if (!found)
    console.warn(`${PROGRAM} is not installed (.ci/install/gcs <folder in PATH>): skipped`);
  return !found && process.env.OSUSUME_REQUIRE_DEPLOY !== '1';
}

export interface StoredFile {
  readonly name: string;
  readonly size: string;
  readonly crc32c: string;
  readonly generation: string;
  readonly contentType?: string;
}

export interface BucketServer {
  /** what the product is configured with */
  readonly endpoint: string;
  readonly proxy: FaultyProxy;
  put(name: string, content: string | Uint8Array, query?: Record<string, string>): Promise<void>;
  get(name: string): Promise<Buffer>;
  remove(name: string): Promise<void>;
  /** names of all objects */
  names(): Promise<string[]>;
  about(name: string): Promise<StoredFile>;
  /** removes all objects */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function bucketServer(): Promise<BucketServer> {
  const port = await freePort();
  const proxy = await faultyProxy(() => port);
  const host = new URL(proxy.url).host;
  const server = spawn(
    PROGRAM,
    [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'],
      ...['-public-host', host, '-external-url', proxy.url, '-log-level', 'error'],
    ],
    { stdio: 'ignore' },
  );
  const api = `http://127.0.0.1:${port}`;
  await answering(`${api}/storage/v1/b?project=test`, server);
  await ask(`${api}/storage/v1/b?project=test`, 'POST', JSON.stringify({ name: BUCKET }));
  const objects = `${api}/storage/v1/b/${BUCKET}/o`;
  const at = (name: string) => `${objects}/${encodeURIComponent(name)}`;
  const names = async () => {
    const list = (await (await ask(objects, 'GET')).json()) as { items?: StoredFile[] };
    return (list.items ?? []).map(({ name }) => name).sort();
  };
  const remove = async (name: string) => void (await ask(at(name), 'DELETE'));
  return {
    endpoint: proxy.url,
    proxy,
    async put(name, content, query = {}) {
      const parameters = new URLSearchParams({ uploadType: 'media', name, ...query });
      await ask(`${api}/upload/storage/v1/b/${BUCKET}/o?${parameters}`, 'POST', content);
    },
    get: async (name) =>
      Buffer.from(await (await ask(`${at(name)}?alt=media`, 'GET')).arrayBuffer()),
    about: async (name) => (await (await ask(at(name), 'GET')).json()) as StoredFile,
    remove,
    names,
    async clear() {
      for (const name of await names()) await remove(name);
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await Promise.all([ended, proxy.close()]);
    },
  };
}

async function ask(url: string, method: string, body?: string | Uint8Array): Promise<Response> {
  const response = await fetch(url, { method, body: body as BodyInit });
  if (response.ok) return response;
  throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  let failure: unknown;
  server.once('error', (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 600 && failure === undefined; attempt++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw failure ?? new Error(`${PROGRAM} does not answer at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
