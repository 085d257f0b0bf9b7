/** Stage: rows → a dataset with dense ids, sparse rows, catalogue with franchises, and held-out users. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { PrepareSettings } from './config/stage-settings.ts';
import type { Anime } from './data/anime.ts';
import { readCatalogue } from './data/catalogue/catalogue-parquet.ts';
import { withDatabase } from './data/database.ts';
import type { Dataset } from './data/dataset.ts';
import { type DatasetCounts, writeDataset } from './data/dataset-file.ts';
import { assignFranchises } from './data/franchise/franchise.ts';
import { type Relations, readRelations } from './data/franchise/relations.ts';
import { joinedRelations, readSourceRelations } from './data/franchise/source-relations.ts';
import { IdMap } from './data/id-map.ts';
import {
  countByAnime,
  countByUser,
  readInteractions,
  type UserCounts,
} from './data/interaction-reader.ts';
import { STATUS } from './data/interactions.ts';
import { drawHeldOut, type Parts } from './data/split.ts';
import { assignThemes } from './data/themes/assign.ts';
import { ArtefactError, InterruptedError, OsusumeError } from './error.ts';
import { type Artefact, openArtefact, readJson, writeArtefact } from './home/artefact.ts';
import { sha256Of } from './home/checksum.ts';
import { runStage } from './home/stage.ts';
import { ROWS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { taggedTitles } from './source/sample/theme-tags.ts';

export interface PrepareOptions extends Readonly<Partial<PrepareSettings>> {
  readonly home: string;
  /** keeps times out of the dataset's version, so that the same rows make the same one; default: false */
  readonly reproducible?: boolean;
  /** 0 = the machine's cores */
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/**
 * Makes a dataset from the current ingested rows.
 * @throws OsusumeError when nobody is left, ArtefactError when the rows are damaged
 */
export async function prepare(
  options: PrepareOptions,
): Promise<{ artefact: Artefact; dataset: Dataset }> {
  await requirePackages('prepare', ROWS);
  const { home, progress = NO_PROGRESS } = options;
  return runStage(home, 'prepare', progress, () => makeDataset(options));
}

async function makeDataset(
  options: PrepareOptions,
): Promise<{ artefact: Artefact; dataset: Dataset }> {
  const { home, threads, reproducible, progress = NO_PROGRESS, signal, clock } = options;
  const settings = settingsOf(options);
  const ingest = await openArtefact(home, 'ingest');
  const path = (file: string) => join(ingest.folder, file);
  const rows = path('interactions.parquet');
  const { dataset, counts } = await withDatabase(
    { threads, memory: '1500MB', signal },
    async (connection) => {
      progress.step('Counting people and titles');
      await connection.run("SET streaming_buffer_size = '64MB'");
      const everyone = await countByUser(connection, rows);
      const kept = keepUsers(everyone, settings.minRatingsPerUser);
      const listed = await countByAnime(connection, rows);

      progress.step('Grouping franchises');
      const relations = joinedRelations(
        settings.relations === null ? null : await readRelations(settings.relations),
        ingest.manifest.files['related.json']
          ? await readSourceRelations(path('related.json'))
          : null,
      );
      const grouped = assignFranchises(await readCatalogue(path('anime.parquet')), relations);
      progress.step('Finding themes');
      const titles = assignThemes(grouped, await tagsOf(grouped, relations));
      const catalogue = mostListedFirst(titles, listed);
      const items = new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId));

      progress.step('Reading rows', sum(everyone.listed), 'rows');
      const parts = drawHeldOut(kept.userIds, kept.seen, settings);
      const users = new IdMap(
        Int32Array.from([...parts.train, ...parts.validation, ...parts.test]),
      );
      const lengths = lengthsOf(users, kept);
      const interactions = await readInteractions(connection, rows, users, items, lengths, {
        progress,
        signal,
      });
      const origin = originOf(path('report.json'), await readJson(path('report.json')));
      const fingerprint = await fingerprintOf(ingest, settings);
      const dataset: Dataset = {
        fingerprint,
        origin,
        catalogue,
        items,
        users,
        interactions,
        parts: rangesOf(parts),
      };
      return { dataset, counts: countsOf(dataset, everyone) };
    },
  );
  if (signal?.aborted)
    throw new InterruptedError('Interrupted while preparing; nothing was changed');

  progress.step('Writing the dataset');
  const notes = { options: { ...settings }, counts };
  const artefact = await writeArtefact(
    home,
    'dataset',
    (folder) => writeDataset(folder, dataset, notes),
    { clock, reproducible },
  );
  progress.end();
  progress.note(describe(counts, dataset));
  return { artefact, dataset };
}

/** With the configuration's defaults; the fingerprint depends on the order of the keys. */
function settingsOf(options: PrepareOptions): PrepareSettings {
  const { minRatingsPerUser, validationUsers, testUsers, minHeldOutRatings } = options;
  const { seed, relations } = options;
  const given = {
    minRatingsPerUser,
    validationUsers,
    testUsers,
    minHeldOutRatings,
    seed,
    relations,
  };
  return Value.Default(PrepareSettings, given) as PrepareSettings;
}

/** Of the relations file and, for titles that it has, of the built-in sample. */
async function tagsOf(
  titles: readonly Anime[],
  relations: Relations | null,
): Promise<Map<number, readonly string[]>> {
  const tags = new Map<number, readonly string[]>();
  for (const { animeId, tags: own = [] } of titles)
    tags.set(
      animeId,
      own.map((tag) => tag.toLowerCase()),
    );
  for (const [animeId, relation] of relations ?? [])
    tags.set(animeId, [...(tags.get(animeId) ?? []), ...relation.tags]);
  const titleOf = new Map(titles.map(({ animeId, title }) => [animeId, title]));
  // The same id may be another title in a data set with ids of its own.
  for (const { animeId, title, tags: own } of await taggedTitles())
    if (titleOf.get(animeId) === title) tags.set(animeId, [...(tags.get(animeId) ?? []), ...own]);
  return tags;
}

function keepUsers({ userIds, listed, seen }: UserCounts, minimum: number): UserCounts {
  const enough = (_: number, i: number) => seen[i] >= minimum;
  const kept = {
    userIds: userIds.filter(enough),
    listed: listed.filter(enough),
    seen: seen.filter(enough),
  };
  if (userIds.length === 0) {
    throw new OsusumeError(
      'Preparing failed: there are no rows. Ingest a source with ratings first ("osusume ingest --source <folder>")',
    );
  }
  if (kept.userIds.length === 0) {
    throw new OsusumeError(
      `Preparing failed: none of the ${userIds.length} people has seen ${minimum} titles or more. ` +
        `Lower minRatingsPerUser (the most that one has seen is ${seen.reduce((a, b) => Math.max(a, b))})`,
    );
  }
  return kept;
}

function mostListedFirst(titles: Anime[], listed: ReadonlyMap<number, number>): Anime[] {
  const count = ({ animeId }: Anime) => listed.get(animeId) ?? 0;
  return titles.sort((a, b) => count(b) - count(a) || a.animeId - b.animeId);
}

function lengthsOf(users: IdMap, kept: UserCounts): Uint32Array {
  const lengths = new Uint32Array(users.size);
  kept.userIds.forEach((userId, i) => {
    lengths[users.indexOf(userId)] = kept.listed[i];
  });
  return lengths;
}

function rangesOf({ train, validation, test }: Parts): Dataset['parts'] {
  const heldOut = train.length + validation.length;
  return {
    train: { from: 0, to: train.length },
    validation: { from: train.length, to: heldOut },
    test: { from: heldOut, to: heldOut + test.length },
  };
}

/** Of the checksums of the sources and the options. */
async function fingerprintOf(ingest: Artefact, settings: PrepareSettings): Promise<string> {
  const checksum = (file: string) => ingest.manifest.files[file]?.sha256;
  const relations = settings.relations === null ? null : await sha256Of(settings.relations);
  const made = {
    rows: checksum('interactions.parquet'),
    titles: checksum('anime.parquet'),
    related: checksum('related.json'),
    ...settings,
    relations,
  };
  return createHash('sha256').update(JSON.stringify(made)).digest('hex');
}

function countsOf(
  { users, items, interactions, catalogue }: Dataset,
  everyone: UserCounts,
): DatasetCounts {
  const { statuses } = interactions;
  let planned = 0;
  for (let p = 0; p < statuses.length; p++) if (statuses[p] === STATUS.plan_to_watch) planned++;
  return {
    users: users.size,
    items: items.size,
    rows: statuses.length,
    seen: statuses.length - planned,
    leftOutUsers: everyone.userIds.length - users.size,
    leftOutRows: sum(everyone.listed) - statuses.length,
    franchises: new Set(catalogue.flatMap(({ franchise }) => franchise?.franchiseId ?? [])).size,
  };
}

function describe(counts: DatasetCounts, { parts }: Dataset): string {
  const number = (value: number) => value.toLocaleString('en');
  const heldOut = `${number(parts.validation.to - parts.validation.from)} and ${number(parts.test.to - parts.test.from)}`;
  return (
    `${number(counts.rows)} rows of ${number(counts.users)} people (${heldOut} of them held out), ` +
    `${number(counts.items)} titles, ${number(counts.franchises)} franchises; ` +
    `${number(counts.leftOutUsers)} people have seen too few titles`
  );
}

/** Where the rows come from, as `ingest` recorded it. */
function originOf(path: string, report: unknown): Dataset['origin'] {
  const { name, synthetic } = ((report as { source?: unknown } | null)?.source ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof name !== 'string' || typeof synthetic !== 'boolean') {
    throw new ArtefactError(`${path} does not name its source: run "osusume ingest" again`);
  }
  return { name, synthetic };
}

function sum(values: Uint32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
