/** deploy/scripts/smoke-test against servers that really run, in order and not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Settings, Workspace } from './workspace.ts';

let workspace: Workspace;
let server: ChildProcess;
let address: string;
const servers: Server[] = [];

beforeAll(async () => {
  workspace = await Workspace.make();
  // the built-in sample, which serve makes a bundle of
  const home = join(workspace.folder, 'home');
  ({ child: server, address } = await serve(home));
});
afterAll(async () => {
  server?.kill();
  for (const one of servers) one.close();
  await workspace.remove();
});

async function serve(home: string): Promise<{ child: ChildProcess; address: string }> {
  const args = ['dist/main.js', 'serve', '--home', home, '--port', '0', '--posters', 'off'];
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const found = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
        const line = /Osusume is at (http:\/\/\S+)/.exec(output);
        if (line) resolve(line[1]);
      });
    child.once('exit', () => reject(new Error(`The server ended: ${output}`)));
  });
  return { child, address: await found };
}

const smokeTest = (settings: Settings) =>
  workspace.run('smoke-test', { SMOKE_SECONDS: '1', ...settings });

/** A server that passes requests on to the real one, but for some paths. */
async function spoiled(answers: Readonly<Record<string, readonly [number, string]>>) {
  const proxy = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const own = answers[path];
    if (own) return response.writeHead(own[0]).end(own[1]);
    const body = await new Response(request as unknown as ReadableStream).arrayBuffer();
    const { method } = request;
    const headers = { 'content-type': request.headers['content-type'] ?? 'text/plain' };
    const answer = await fetch(`${address}${request.url}`, {
      method,
      headers,
      body: method === 'POST' ? body : undefined,
    });
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  servers.push(proxy);
  await once(proxy, 'listening');
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

describe('smoke-test', () => {
  it('passes for a server that is ready, recommends and shows the page', async () => {
    const { code, output } = await smokeTest({ ADDRESS: address });
    expect(output).toMatch(/ready, with bundle \S+\n/);
    expect(output).toMatch(/recommends: .+, .+, .+, .+, .+\n/);
    expect(output).toContain('shows the page');
    expect(code, output).toBe(0);
  });

  it('reaches the service of a cluster through kubectl, and stops that afterwards', async () => {
    const { port } = new URL(address);
    await workspace.program(
      'kubectl',
      `echo $$ >${workspace.folder}/forwarding
       exec node -e 'net.createServer((a) => { const b = net.connect(${port}, "127.0.0.1"); a.pipe(b).pipe(a); for (const s of [a, b]) s.on("error", () => {}); }).listen(+process.argv[1].split(":")[0], "127.0.0.1")' "\${@: -1}"`,
    );
    const cluster = { ENVIRONMENT: 'staging', KUBECONFIG: '/nowhere', FORWARD_PORT: '18479' };
    const { code, output } = await smokeTest({ ...cluster, SMOKE_SECONDS: '30' });
    expect(output).toContain('shows the page: http://127.0.0.1:18479/');
    expect(code, output).toBe(0);
    const forwarding = Number(await workspace.read('forwarding'));
    await expect.poll(() => alive(forwarding)).toBe(false);
  });

  it.each([
    [
      'is not ready',
      { '/readyz': [503, '{"detail":"No bundle is open yet"}'] },
      /not ready after 1 s: status 503 .*No bundle is open yet/,
    ],
    [
      'cannot recommend',
      { '/api/recommendations': [500, 'broken'] },
      /\/api\/recommendations answered 500: broken/,
    ],
    [
      'recommends nothing',
      { '/api/recommendations': [200, '{"items":[]}'] },
      /Expected 5 recommendations for \[/,
    ],
    [
      'answers something else',
      { '/api/starters': [200, '<html>'] },
      /not the JSON that was expected: <html>/,
    ],
    ['has no page', { '/': [200, 'welcome to nginx'] }, /is not the page: welcome to nginx/],
  ] as const)('fails for a server that %s', async (_what, answers, message) => {
    const { code, output } = await smokeTest({ ADDRESS: await spoiled(answers) });
    expect(output).toMatch(message);
    expect(code, output).toBe(1);
  });

  it('fails where nobody answers', async () => {
    const { code, output } = await smokeTest({ ADDRESS: 'http://127.0.0.1:9' });
    expect(output).toContain('http://127.0.0.1:9/readyz is not ready after 1 s');
    expect(code).toBe(1);
  });
});

function alive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
