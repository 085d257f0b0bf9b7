import { afterEach, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../../src/error.ts';
import { Arena } from '../../../../src/linalg/wasm/arena.ts';
import { MOST_PHASES, type Phase } from '../../../../src/linalg/wasm/phase-runner.ts';
import { KernelPool } from '../../../../src/linalg/wasm/pool.ts';

let pool: KernelPool | undefined;
afterEach(() => pool?.close());

/** A phase in `parts` parts that adds 1 to each of `count` numbers. */
function addOne(ones: number, numbers: number, count: number, parts: number): Phase {
  const cuts = Array.from({ length: parts + 1 }, (_, n) => Math.floor((count * n) / parts));
  // drift[s] += rate · momentDecay[step − s] / deviationDecay[step − s], both decays being 1.
  return { kernel: 'carryDrift', cuts, args: [numbers, ones, ones, count, 1] };
}

describe('KernelPool.runPhases()', () => {
  it('runs each part of each phase once, also of runs that follow one another', async () => {
    const count = 1000;
    for (const threads of [1, 3]) {
      const arena = new Arena();
      const [ones, numbers] = [arena.allocate(4 * count + 4), arena.allocate(4 * count)];
      pool = await KernelPool.create(arena, { threads });
      pool.f32(ones, count + 1).fill(1);
      const phases = [7, 1, 40].map((parts) => addOne(ones, numbers, count, parts));
      await Promise.all(Array.from({ length: 50 }, () => (pool as KernelPool).runPhases(phases)));
      expect(pool.f32(numbers, count)).toEqual(new Float32Array(count).fill(150));
      await pool.close();
    }
  });

  it('fails when its threads end, and from then on', async () => {
    pool = await KernelPool.create(new Arena(), { threads: 2 });
    const phase = addOne(64, 4096, 1000, 1000);
    const runs = Array.from({ length: 200 }, () => (pool as KernelPool).runPhases([phase]));
    const ends = Promise.allSettled(runs);
    await pool.close();
    expect((await ends).at(-1)).toMatchObject({
      status: 'rejected',
      reason: expect.objectContaining({ message: expect.stringMatching(/thread ended/) }),
    });
    await expect(pool.runPhases([phase])).rejects.toThrow(/thread ended/);
  });

  it('refuses to begin after an abort, and more phases than it has room for', async () => {
    const stop = new AbortController();
    pool = await KernelPool.create(new Arena(), { threads: 1, signal: stop.signal });
    const phases = Array(MOST_PHASES + 1).fill(addOne(64, 4096, 10, 1));
    await expect(pool.runPhases(phases)).rejects.toThrow(/9 phases/);
    stop.abort();
    await expect(pool.runPhases(phases.slice(1))).rejects.toThrow(InterruptedError);
  });
});
