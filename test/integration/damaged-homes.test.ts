/**
 * Every file of a home with two versions of everything, damaged in every way, before the server starts and while it
 * serves: nobody gets a wrong answer, nothing is lost, and docs/security.md says what happens.
 */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { pipeline } from '../../src/pipeline.ts';
import { type Served, serve } from '../../src/serve.ts';
import { SYNTHETIC_MARK, writeSample } from '../../src/source/sample/sample.ts';
import { DAMAGES } from '../support/damage.ts';

const WHEN = ['before the start', 'while it serves'] as const;
type When = (typeof WHEN)[number];
type Answers = Readonly<Record<string, { readonly status: number; readonly text: string }>>;

/** ms between two looks for a new bundle or map */
const POLL = 20;
const POLLS = 6;

/** What a client may ask for, and which of it needs the map. */
const RATINGS = { ratings: [1, 5, 6, 7].map((animeId) => ({ animeId, rating: 9 })) };
const GETS = ['/api/bundle', '/api/anime/1', '/api/anime?query=cowboy', '/api/anime/1/similar'];
const USERS = ['/api/users/1', '/api/users/2/recommendations', '/api/users/150/recommendations'];
const MAP = '/api/map';
const TASTE = '/api/taste';
/** These read lists of the data set's people while they serve. */
const OF_PEOPLE = [...USERS, TASTE];
const POSTS = ['/api/recommendations', TASTE];

let folder: string;
let home: string;
let versions: Readonly<Record<'older' | 'newer', string>>;
let answers: Readonly<Record<'older' | 'newer', Answers>>;
let files: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-damaged-'));
  home = join(folder, 'home');
  const source = join(folder, 'source');
  await writeSample(source, { people: 200, titles: 100 });
  // As lists of real people, which nothing may delete.
  await rm(join(source, SYNTHETIC_MARK));
  const made: string[] = [];
  const known: Answers[] = [];
  for (const seed of [1, 2]) {
    await pipeline({ config: loadConfig({ home, source, seed }, {}) });
    made.push((await readFile(join(home, 'bundle', 'current'), 'utf8')).trim());
    const served = await serving(home, []);
    known.push(await ask(served.url));
    await served.close();
  }
  versions = { older: made[0], newer: made[1] };
  answers = { older: known[0], newer: known[1] };
  files = await filesOf(home);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function serving(served: string, log: string[]): Promise<Served> {
  const write = (line: string) => void log.push(line);
  const logger = { info: write, error: write };
  return serve({ home: served, host: '127.0.0.1', port: 0, logger, pollMs: POLL, page: null });
}

async function ask(url: string): Promise<Answers> {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const requests: [string, RequestInit?][] = [
    ...[...GETS, ...USERS, MAP].map((path): [string] => [path]),
    ...POSTS.map((path): [string, RequestInit] => [
      path,
      { ...json, body: JSON.stringify(RATINGS) },
    ]),
  ];
  const answered = requests.map(async ([path, init]) => {
    const response = await fetch(url + path, init);
    // The id of the request is another each time.
    const text = (await response.text()).replace(/"request":"[^"]+"/, '"request":""');
    return [path, { status: response.status, text }] as const;
  });
  return Object.fromEntries(await Promise.all(answered));
}

/** Relative to the folder. */
async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Damages a copy of the home, and says what a client notices. */
async function outcomeOf(when: When, damaged: readonly string[], damage: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(home, copy, { recursive: true });
  const harm = async () => {
    for (const file of damaged) await DAMAGES[damage](join(copy, file), otherVersionOf(file));
  };
  const log: string[] = [];
  if (when === 'before the start') await harm();
  const served = await serving(copy, log);
  try {
    if (when === 'while it serves') {
      await harm();
      await sleep(POLL * POLLS);
    }
    return described(await ask(served.url), log, damaged);
  } finally {
    await served.close();
    const left = await filesOf(copy);
    const lost = files.filter((file) => !left.includes(file) && !damaged.includes(file));
    expect(lost, 'files that are gone').toEqual([]);
    await rm(copy, { recursive: true, force: true });
  }
}

/** The same file of the other version, if it has one. */
function otherVersionOf(file: string): string | null {
  const [kind, version] = file.split(sep);
  const others = files.filter(
    (other) =>
      other !== file &&
      other.startsWith(kind + sep) &&
      basename(other) === basename(file) &&
      !other.startsWith(join(kind, version)),
  );
  return others.length > 0 ? join(home, others[0]) : null;
}

function described(given: Answers, log: readonly string[], damaged: readonly string[]): string {
  const statuses = Object.values(given).map(({ status }) => status);
  const text = log.join('\n');
  if (statuses.every((status) => status === 503)) {
    expect(text).toMatch(/not ready|waiting/);
    return 'not ready, and waits';
  }
  const { bundle, version } = JSON.parse(given['/api/bundle'].text) as Record<string, string>;
  const used = (bundle ?? version) === versions.older ? 'older' : 'newer';
  const missing: string[] = [];
  for (const [path, { status, text: body }] of Object.entries(given)) {
    if (body === answers[used][path].text || (path === MAP && isMapOfEither(body))) continue;
    // Whatever differs has to be an error that says so.
    expect(status, `${path} of ${damaged}: ${body.slice(0, 300)}`).toBeGreaterThan(399);
    expect(JSON.parse(body)).toHaveProperty('detail');
    missing.push(path);
  }
  const what = [
    used === 'older' ? 'the older bundle' : '',
    missing.includes(MAP) ? 'no map' : '',
    missing.some((path) => path !== MAP) ? '503 where lists of its people are read' : '',
  ].filter(Boolean);
  for (const path of missing) if (path !== MAP) expect(OF_PEOPLE).toContain(path);
  if (what.length > 0 || log.some((line) => line.includes('mended'))) expect(text).not.toBe('');
  return what.join(', ') || 'no difference';
}

/** A map is of one version or the other, with the titles of the bundle in use: both versions have the same ones. */
function isMapOfEither(body: string): boolean {
  const map = ({ bundle: _, ...rest }: Record<string, unknown>) => JSON.stringify(rest);
  const given = map(JSON.parse(body));
  return Object.values(answers).some((known) => map(JSON.parse(known[MAP].text)) === given);
}

/** Rows of the table: which file or files. */
function groups(): Readonly<Record<string, readonly string[]>> {
  const inUse = (kind: string) =>
    files.filter((file) => file.startsWith(kind + sep) && dirname(file) === newest(kind));
  const newest = (kind: string) =>
    files
      .filter((file) => file.startsWith(kind + sep) && file.endsWith('manifest.json'))
      .map(dirname)
      .sort()
      .at(-1);
  const rows: Record<string, readonly string[]> = {};
  for (const kind of ['bundle', 'map']) {
    rows[`\`${kind}/current\``] = [join(kind, 'current')];
    for (const file of inUse(kind)) rows[`\`${kind}/…/${basename(file)}\``] = [file];
  }
  const older = files.filter((file) => file.startsWith(join('bundle', versions.older)));
  rows['all files of the older bundle'] = older;
  const rest = new Set(files);
  for (const file of [...Object.values(rows).flat()]) rest.delete(file);
  rows['all other files'] = [...rest];
  return rows;
}

/** A table of Markdown: a row for all files with the same outcomes. */
async function table(when: When): Promise<string> {
  const rows = new Map<string, string[]>();
  for (const [name, damaged] of Object.entries(groups())) {
    const cells: string[] = [];
    for (const damage of Object.keys(DAMAGES)) cells.push(await outcomeOf(when, damaged, damage));
    const outcomes = cells.join(' | ');
    rows.set(outcomes, [...(rows.get(outcomes) ?? []), name]);
  }
  const lines = [...rows].map(([outcomes, names]) => `| ${names.join(', ')} | ${outcomes} |`);
  const columns = ['file', ...Object.keys(DAMAGES)];
  return [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`, ...lines].join('\n');
}

describe('what docs/security.md says of a damaged home is what happens', () => {
  it.each(WHEN)(
    'when a file is damaged %s',
    async (when) => {
      const documented = await readFile('docs/security.md', 'utf8');
      const heading = when === 'before the start' ? '### Before the start' : '### While it serves';
      const [section] = documented.slice(documented.indexOf(heading)).split(/\n(?=#)/, 1);
      const lines = section.split('\n').filter((line) => line.startsWith('|'));
      expect(lines.join('\n')).toBe(await table(when));
    },
    600_000,
  );
});
