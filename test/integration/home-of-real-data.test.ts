/** Real data in a home is never replaced by the built-in sample, and one stage runs at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../src/cli/serve.ts';
import { loadConfig } from '../../src/config/config.ts';
import { ARTEFACT_KINDS } from '../../src/home/kinds.ts';
import { readOrigin } from '../../src/home/origin.ts';
import { keptVersions } from '../../src/home/versions.ts';
import { ingest } from '../../src/ingest.ts';
import { pipeline } from '../../src/pipeline.ts';
import { NO_PROGRESS } from '../../src/progress.ts';
import { SYNTHETIC_MARK, writeSample } from '../../src/source/sample/sample.ts';

let folder: string;
let source: string;
let home: string;
let notes: string[];
const progress = { ...NO_PROGRESS, note: (line: string) => void notes.push(line) };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-real-'));
  source = join(folder, 'portal');
  await writeSample(source, { people: 300 });
  // Without the mark its lists count as those of real people.
  await rm(join(source, SYNTHETIC_MARK));
  await pipeline({ config: loadConfig({ home: join(folder, 'home'), source }, {}), map: false });
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  home = join(folder, 'home');
  notes = [];
});

async function everything(): Promise<string> {
  const kept = ARTEFACT_KINDS.map(async (kind) => [kind, await keptVersions(home, kind)]);
  return JSON.stringify([await Promise.all(kept), await readdir(join(home, 'runs'))]);
}

/** Starts `osusume serve` in this process, waits for its address and for what happens meanwhile, and stops it. */
async function serveOnce(meanwhile = async () => {}): Promise<number> {
  const stop = new AbortController();
  const config = loadConfig({ home, port: 0, posters: 'off' }, {});
  const before = notes.length;
  const since = () => notes.slice(before).join('\n');
  const ended = start({ config, progress, signal: stop.signal });
  await expect.poll(since, { timeout: 60_000 }).toMatch(/Osusume is at/);
  const [url] = /http:\S+/.exec(since()) ?? [];
  const { status } = await fetch(`${url}/readyz`);
  await meanwhile();
  stop.abort();
  await ended;
  return status;
}

describe('a home of real data', { timeout: 300_000 }, () => {
  it('survives a lost pointer of every kind, and three restarts', {
    timeout: 300_000,
  }, async () => {
    // The first start makes a map, which was not there.
    const mapped = () =>
      expect.poll(() => keptVersions(home, 'map'), { timeout: 120_000 }).toHaveLength(1);
    expect(await serveOnce(mapped)).toBe(200);
    const before = await everything();
    for (const kind of ['bundle', 'ingest', 'dataset', 'model', 'leaderboard', 'map'])
      await rm(join(home, kind, 'current'));
    for (let n = 0; n < 3; n++) expect(await serveOnce()).toBe(200);
    expect(await everything()).toBe(before);
    expect(notes.join('\n')).not.toMatch(/sample/);
  });

  it('refuses the sample, by ingest and by pipeline, and says what to do', async () => {
    const before = await everything();
    const refused = /holds data from portal.*must not replace.*--source.*another --home/;
    await expect(ingest({ home, source: null })).rejects.toThrow(refused);
    await expect(pipeline({ config: loadConfig({ home }, {}) })).rejects.toThrow(refused);
    expect(await everything()).toBe(before);
  });

  it('is served as not ready when its bundles are gone, without a sample beside it', async () => {
    await rm(join(home, 'bundle'), { recursive: true });
    expect(await serveOnce()).toBe(503);
    expect(notes.join('\n')).toMatch(/holds data from portal: the built-in sample is not made/);
    expect(await keptVersions(home, 'bundle')).toEqual([]);
  });

  it('takes the place of the sample when a source is named, and says so', async () => {
    home = join(folder, 'sample-first');
    await writeSample(join(folder, 'sample'), { people: 50 });
    await ingest({ home, source: null, progress });
    expect(await readOrigin(home)).toMatchObject({ data: 'sample' });
    await ingest({ home, source: null, progress });
    await ingest({ home, source, progress });
    expect(notes.join('\n')).toMatch(/held the built-in sample. From now on it holds real data/);
    expect(await readOrigin(home)).toEqual({ data: 'real', about: 'data from portal' });
    // The last version of the sample is still there, and is not taken when the pointer is lost.
    const [newest, older] = await keptVersions(home, 'ingest');
    expect(older).toBeDefined();
    await writeFile(join(home, 'ingest', newest, 'report.json'), 'damaged');
    await rm(join(home, 'ingest', 'current'));
    const { prepare } = await import('../../src/prepare.ts');
    await expect(prepare({ home })).rejects.toThrow(/is the built-in sample|osusume ingest/);
  });
});

describe('a second pipeline', { timeout: 300_000 }, () => {
  it('is refused at once, naming the first; a killed one is taken over', async () => {
    home = join(folder, 'contended');
    const run = (...args: string[]) =>
      spawn(process.execPath, ['dist/main.js', ...args, '--home', home, '--quiet'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    const first = run('pipeline', '--source', source);
    await expect.poll(() => readdir(join(home, 'locks')).catch(() => [])).toContain('stage.1');
    const second = run('ingest', '--source', source);
    let complaint = '';
    second.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    expect(await once(second, 'close')).toEqual([1, null]);
    expect(complaint).toContain(`process ${first.pid} on `);
    expect(complaint).toMatch(
      /has been running "osusume pipeline" since .*Wait until it has finished/,
    );
    first.kill('SIGKILL');
    await once(first, 'close');
    expect(await once(run('ingest', '--source', source), 'close')).toEqual([0, null]);
    expect(await readdir(join(home, 'locks'))).toEqual([]);
  });
});
