/** A local server that speaks the protocol of Google Cloud Storage: github.com/fsouza/fake-gcs-server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CloudStorageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** With one bucket, in memory. */
export async function cloudStorageServer(bucket: string): Promise<CloudStorageServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(
    'fake-gcs-server',
    [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port)],
      ...['-backend', 'memory', '-public-host', `127.0.0.1:${port}`, '-external-url', url],
    ],
    { stdio: 'ignore' },
  );
  const close = async () => {
    if (server.exitCode !== null) return;
    const closed = once(server, 'close');
    server.kill();
    await closed;
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const made = await fetch(`${url}/storage/v1/b?project=test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: bucket }),
    }).catch(() => null);
    if (made?.ok) return { url, close };
    await sleep(100);
  }
  await close();
  throw new Error(`fake-gcs-server does not answer at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
