import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../../src/recommend/bundle.ts';
import { Problem } from '../../../../src/server/http/problem.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

function bundle(version: string, closed: string[]): Bundle {
  return {
    version,
    close: async () => {
      closed.push(version);
    },
  } as Bundle;
}

describe('CurrentBundle', () => {
  it('refuses with 503 while there is none', async () => {
    await expect(new CurrentBundle().use(() => 1)).rejects.toThrow(Problem);
    expect(new CurrentBundle().version).toBeNull();
  });

  it('lets a request finish on the bundle it began with, and closes that one after its last request', async () => {
    const closed: string[] = [];
    const bundles = new CurrentBundle();
    bundles.replace(bundle('old', closed));
    const gates: (() => void)[] = [];
    const slow = () =>
      bundles.use(async ({ version }) => {
        await new Promise<void>((resolve) => gates.push(resolve));
        return version;
      });
    const first = slow();
    const second = slow();
    bundles.replace(bundle('new', closed));
    expect(bundles.version).toBe('new');
    expect(await bundles.use(({ version }) => version)).toBe('new');
    gates[0]();
    expect(await first).toBe('old');
    expect(closed).toEqual([]);
    gates[1]();
    expect(await second).toBe('old');
    expect(closed).toEqual(['old']);
    await bundles.close();
    expect(closed).toEqual(['old', 'new']);
  });

  it('closes a bundle whose request failed', async () => {
    const closed: string[] = [];
    const bundles = new CurrentBundle();
    bundles.replace(bundle('one', closed));
    await expect(bundles.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await bundles.close();
    expect(closed).toEqual(['one']);
  });
});
