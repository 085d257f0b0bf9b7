/** What `osusume serve` does besides serving: the map is made while the server already answers. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../../src/cli/serve.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { currentVersion } from '../../../src/home/versions.ts';
import { pipeline } from '../../../src/pipeline.ts';
import { NO_PROGRESS } from '../../../src/progress.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';
import { CATALOGUE } from '../../support/small-catalogue.ts';

/** Milliseconds for what takes one second on a machine that does nothing else. */
const PATIENCE = { timeout: 200_000 };

describe('start()', { timeout: 300_000 }, () => {
  let home: string;
  let stop: AbortController;
  let notes: string[];
  let ended: Promise<void>;
  beforeEach(async () => {
    home = await newHome();
    stop = new AbortController();
    notes = [];
  });
  afterEach(async () => {
    stop.abort();
    await ended;
    await rm(home, { recursive: true });
  });

  function begin(): void {
    const config = loadConfig({ home, port: 0, posters: 'off' }, {});
    const progress = { ...NO_PROGRESS, note: (line: string) => void notes.push(line) };
    ended = start({ config, progress, signal: stop.signal });
  }
  const noted = (words: RegExp) =>
    expect.poll(() => notes.some((line) => words.test(line)), PATIENCE).toBe(true);
  const statusOf = async (path: string) => {
    const url = notes.join('\n').match(/http:\S+/)?.[0];
    return (await fetch(`${url}${path}`)).status;
  };

  it('answers before there is a map, makes one beside, and takes it up', async () => {
    await publishSmall(home);
    begin();
    await noted(/Osusume is at/);
    expect(await statusOf('/readyz')).toBe(200);
    await noted(new RegExp(`The map shows ${CATALOGUE.length} titles`));
    expect(notes.findIndex((line) => line.includes('Osusume is at'))).toBeLessThan(
      notes.findIndex((line) => line.includes('The map shows')),
    );
    await expect.poll(() => statusOf('/api/map'), PATIENCE).toBe(200);
  });

  it('can be stopped while the map is being made, and serves one the next time', async () => {
    await publishSmall(home);
    begin();
    await noted(/Osusume is at/);
    stop.abort();
    await ended;
    stop = new AbortController();
    notes.length = 0;
    begin();
    await noted(/Osusume is at/);
    await expect.poll(() => statusOf('/api/map'), PATIENCE).toBe(200);
  });
});

describe('pipeline()', () => {
  it('leaves the map for a later command', async () => {
    const home = await newHome();
    try {
      const result = await pipeline({ config: loadConfig({ home }, {}), map: false });
      expect(result.map).toBeNull();
      expect(await currentVersion(home, 'bundle')).toBe(result.bundle);
      expect(await currentVersion(home, 'map')).toBeNull();
    } finally {
      await rm(home, { recursive: true });
    }
  }, 300_000);
});
