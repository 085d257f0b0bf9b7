/** A worse model is not published over a better one, unless it is forced. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../src/config/model-options.ts';
import { exitCodeOf, WorseBundleError } from '../../src/error.ts';
import { evaluate } from '../../src/evaluate.ts';
import { currentVersion } from '../../src/home/versions.ts';
import { type Published, publish } from '../../src/publish.ts';
import { comparisonText } from '../../src/recommend/quality-gate.ts';
import { train } from '../../src/train.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { smallHome } from '../support/small-home.ts';

const GOOD = parseSlimOptions({ regularization: 20 });
/** Hardly more than the most listed titles. */
const BAD = parseSlimOptions({ regularization: 1e6, neighbours: 1, content: 0, prior: 1000 });

let home: string;
let first: Published;
beforeEach(async () => {
  home = await smallHome(smallDataset());
  await train({ home, slim: GOOD });
  await evaluate({ home });
  first = await publish({ home });
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function worse(): Promise<void> {
  await train({ home, slim: BAD });
  await evaluate({ home });
}

const bundles = async () => (await readdir(join(home, 'bundle'))).sort();

describe('publish()', () => {
  it('refuses a bundle that is worse on the same held-out people, and writes nothing', async () => {
    expect(comparisonText(first.comparison)).toBe(
      'Not compared with another bundle: there was no bundle in use',
    );
    await worse();
    const refused = await publish({ home }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorseBundleError);
    expect(exitCodeOf(refused)).toBe(3);
    expect(String(refused)).toMatch(
      /worse than \S+ by more than the margin of 0\.005, on the same \d+ held-out people: liked NDCG@10 0\.\d{4} → 0\.\d{4} \(−0\.\d{4}; 95 % interval .*--force/,
    );
    expect(await bundles()).toEqual([first.version, 'current']);
    expect(await currentVersion(home, 'bundle')).toBe(first.version);
  });

  it('publishes it when it is forced, or within the margin', async () => {
    await worse();
    const forced = await publish({ home, force: true });
    expect(forced.comparison).toMatchObject({ compared: true, with: first.version, worse: true });
    expect(comparisonText(forced.comparison)).toMatch(
      /is worse than .*published nevertheless \(--force\)$/,
    );
    expect(await currentVersion(home, 'bundle')).toBe(forced.version);
    await train({ home, slim: GOOD });
    await evaluate({ home });
    const better = await publish({ home });
    expect(better.comparison).toMatchObject({ with: forced.version, worse: false });
    await worse();
    const within = await publish({ home, margin: 1 });
    expect(within.comparison).toMatchObject({ with: better.version, worse: false, margin: 1 });
  });

  it('says why it compares nothing, and publishes', async () => {
    await train({ home, slim: BAD });
    const unevaluated = await publish({ home });
    expect(comparisonText(unevaluated.comparison)).toMatch(/not evaluated: run "osusume evaluate"/);
    await evaluate({ home });
    const incomparable = await publish({ home });
    expect(comparisonText(incomparable.comparison)).toMatch(/no quality of each held-out person/);
    await evaluate({ home, part: 'validation' });
    const others = await publish({ home });
    expect(comparisonText(others.comparison)).toMatch(/another dataset or other held-out people/);
    await writeFile(join(others.folder, 'quality.json'), 'not JSON');
    const damaged = await publish({ home });
    expect(comparisonText(damaged.comparison)).toMatch(/no quality of each held-out person/);
  });
});
