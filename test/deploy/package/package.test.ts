/** The package in an empty folder, as npm installs it from the tarball: every stage on the sample, and serving alone. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Installation, nodes, type Packed, pack, unbuiltCheckout } from './installation.ts';

const VERSIONS = ['20', '22', '24'];
/** MB: what serving alone takes at most; every stage takes more than five times as much */
const MOST_TO_SERVE = 90;

const available = await nodes();
if (process.env.OSUSUME_REQUIRE_DEPLOY === '1' && !VERSIONS.every((v) => available.has(v)))
  throw new Error('Node 20, 22 and 24 are not all here: .ci/install/package has not run');

describe('npm pack', () => {
  let checkout: string;
  let packed: Packed;
  const folders: string[] = [];

  beforeAll(async () => {
    checkout = await unbuiltCheckout();
    packed = await pack(checkout);
    folders.push(checkout);
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function install(version: string, ...flags: string[]): Promise<Installation> {
    const installed = await Installation.of(packed.tarball, available.get(version)!, flags);
    folders.push(installed.folder);
    return installed;
  }

  it('builds first where nothing is built', () => {
    for (const path of ['dist/main.js', 'dist/web/index.html', 'dist/linalg/wasm/kernels.wasm'])
      expect(packed.files).toContain(path);
  });

  it('leaves out benchmarks, tests and sources', () => {
    const folders = new Set(packed.files.map((path) => path.split('/')[0]));
    expect([...folders].filter((name) => /bench|test|src|build|deploy/.test(name))).toEqual([]);
  });

  /** made by the installations with every stage; the last one stays for the one that only serves */
  let home: string;
  let whole: Installation;

  describe.each([
    // Of all packages' scripts only that of onnxruntime-node does anything: it wants CUDA from another registry. Where it
    // fails, npm leaves the package out.
    ['20', 'with scripts', ['--foreground-scripts']],
    ['22', 'without scripts', ['--ignore-scripts']],
    ['24', 'without scripts', ['--ignore-scripts']],
  ] as const)('installed by Node %s %s', (version, _how, flags) => {
    it.skipIf(!available.has(version))('trains on the sample and serves', async () => {
      whole = await install(version, ...flags);
      expect(whole.log).not.toMatch(/EBADENGINE|ERESOLVE|npm (error|ERR)/);
      home = join(whole.folder, 'home');
      const made = await whole.osusume('pipeline', '--home', home);
      expect(made.code, made.output).toBe(0);
      const hasOnnx = (await whole.packages()).includes('onnxruntime-node');
      if (flags[0] === '--ignore-scripts') expect(hasOnnx).toBe(true);
      expect(made.output.includes('WebAssembly inverts')).toBe(!hasOnnx);
      await whole.serving(home, expectRecommendations);
    });
  });

  it('installed with --omit=optional serves a bundle, and says what the other stages lack', async () => {
    const serving = await install('20', '--omit=optional');
    expect(serving.log).not.toMatch(/EBADENGINE|npm (error|ERR)/);
    const packages = await serving.packages();
    for (const absent of ['@duckdb', 'onnxruntime-node', '@observablehq', 'linkedom'])
      expect(packages).not.toContain(absent);
    const [least, most] = [await serving.megabytes(), await whole.megabytes()];
    console.log(
      `installed: ${least.toFixed(0)} MB to serve, ${most.toFixed(0)} MB for every stage`,
    );
    expect(least).toBeLessThan(MOST_TO_SERVE);
    await serving.serving(home, expectRecommendations);

    for (const stage of ['ingest', 'prepare', 'pipeline', 'explore']) {
      const refused = await serving.osusume(stage, '--home', join(serving.folder, 'other'));
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(`${stage} needs @duckdb/node-api`);
      expect(refused.output).toMatch(/npm install --ignore-scripts @duckdb\/node-api@\d/);
    }
  });
});

async function expectRecommendations(url: string): Promise<void> {
  const response = await fetch(`${url}/api/recommendations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ratings: [{ animeId: 1, rating: 9 }] }),
  });
  expect(response.status).toBe(200);
  expect(((await response.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0);
  expect((await fetch(url)).headers.get('content-type')).toMatch(/html/);
}
