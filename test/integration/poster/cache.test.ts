import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PosterCache } from '../../../src/poster/cache.ts';
import { REAL_CLOCK } from '../../../src/poster/clock.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'osusume-cache-')), 'posters');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

describe('PosterCache', () => {
  it('killed while it writes, every picture that is there is whole', async () => {
    const script = 'dist/cache-child.js';
    await build({
      entryPoints: ['test/support/cache-child.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
      logLevel: 'error',
    });
    for (let kill = 0; kill < 3; kill++) {
      const child = spawn(process.execPath, [script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await sleep(150 + 37 * kill);
      child.kill('SIGKILL');
      await ended;
    }
    await rm(script);
    const cache = await PosterCache.open({ folder, limitBytes: 1 << 30, clock: REAL_CLOCK });
    const kept = Array.from({ length: 100_000 }, (_, at) => at + 1).filter(
      (animeId) => cache.state(animeId) === 'fresh',
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const animeId of kept) {
      const read = await cache.read(animeId);
      expect(read?.bytes.length).toBe(300_000);
      expect(read?.bytes.readUInt32LE()).toBe(animeId);
    }
  }, 120_000);
});
