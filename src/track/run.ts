/** A training run in progress: keeps its record in <home>/runs/<id> and reports to the tracker. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import type { Catalogue } from '../data/anime.ts';
import type { Dataset } from '../data/dataset.ts';
import { InterruptedError } from '../error.ts';
import type { Artefact } from '../home/artefact.ts';
import { PRIVATE_FILE } from '../home/modes.ts';
import type { ModelCost } from '../home/train-record.ts';
import type { Examples } from '../metric/examples.ts';
import type { EpochReport, TitlePoints } from '../model/recommender.ts';
import type { Planned } from '../model/registry.ts';
import type { Progress } from '../progress.ts';
import { codeFacts } from './code-facts.ts';
import { EventLog } from './event-log.ts';
import { recordModelFiles } from './model-files.ts';
import { writeProjectorFiles } from './projector.ts';
import { newRunFolder, type RunRecord, writeRunRecord } from './run-record.ts';
import { sourceCommit } from './source-commit.ts';
import { numbers, openTrackingServer, type Tracker, trackerOf } from './tracker.ts';

/** Writes report.html into the folder of a run. */
export type WriteReport = (folder: string, record: RunRecord) => Promise<void>;

export interface RunOptions {
  readonly home: string;
  readonly dataset: Dataset;
  readonly plan: readonly Planned[];
  readonly seed: number | null;
  readonly track: TrackOptions;
  readonly access: TrackAccess;
  readonly writeReport: WriteReport;
  readonly progress: Progress;
  readonly clock: () => Date;
}

interface Recording {
  readonly tracker: Tracker;
  /** whether a server gets the files of models */
  readonly sendsFiles: boolean;
  readonly writeReport: WriteReport;
  readonly progress: Progress;
}

/** What a tracking server calls the models that a run trained. */
const TRAINED = 'trained';

export class Run {
  readonly #started = performance.now();

  private constructor(
    readonly folder: string,
    public record: RunRecord,
    private readonly to: Recording,
  ) {}

  static async start(options: RunOptions): Promise<Run> {
    const { home, dataset, plan, seed, track, access, clock } = options;
    const now = clock();
    // so that a missing key is reported before a folder is made
    const server = openTrackingServer(track, access);
    const { id, folder } = await newRunFolder(home, now);
    const graceMs = 1000 * track.waitSeconds;
    const tracker = trackerOf(new EventLog(folder), server, clock, { graceMs });
    const { train } = dataset.parts;
    const { indptr } = dataset.interactions;
    const record: RunRecord = {
      format: 1,
      id,
      status: 'running',
      startedAt: now.toISOString(),
      seconds: 0,
      seed,
      fingerprint: dataset.fingerprint,
      origin: dataset.origin.name,
      people: train.to - train.from,
      titles: dataset.items.size,
      interactions: indptr[train.to] - indptr[train.from],
      commit: await sourceCommit(),
      parameters: Object.fromEntries(plan.map(({ name, options }) => [name, options])),
      models: {},
      epochs: {},
      version: null,
      evaluation: null,
    };
    const { fingerprint, origin, commit, people, titles, interactions } = record;
    tracker.tags({ fingerprint, origin, ...(commit ? { commit } : {}) });
    tracker.record({ code: codeFacts(commit) });
    tracker.record({ dataset: { name: origin, fingerprint, people, titles, interactions } });
    tracker.parameters({ ...record.parameters, seed: seed ?? 'own', people, titles, interactions });
    await writeRunRecord(folder, record);
    const sendsFiles = server !== null && track.files;
    return new Run(folder, record, { ...options, tracker, sendsFiles });
  }

  /** Records what a model reports after an epoch. */
  epoch(model: string, report: EpochReport): void {
    const values = numbers(report);
    const before = this.record.epochs[model] ?? [];
    this.record = {
      ...this.record,
      epochs: { ...this.record.epochs, [model]: [...before, values] },
    };
    this.to.tracker.metrics({ [model]: values }, report.epoch);
  }

  /** Records that a model has been fitted and saved. */
  async fitted(model: string, cost: ModelCost): Promise<void> {
    this.record = { ...this.record, models: { ...this.record.models, [model]: cost } };
    this.to.tracker.metrics({ [model]: cost });
    await writeRunRecord(this.folder, this.record);
  }

  /** Records a model's vectors, so that its titles can be looked at as points. Does nothing when files are not sent. */
  async embedding(model: string, points: TitlePoints, catalogue: Catalogue): Promise<void> {
    if (!this.to.sendsFiles) return;
    const files = await writeProjectorFiles(this.folder, model, points, catalogue);
    this.to.tracker.record({ embedding: files });
  }

  /** Ends the run as finished and writes its report. */
  async finish(models: Artefact, examples: Examples): Promise<void> {
    await writeFile(join(this.folder, 'examples.json'), `${JSON.stringify(examples, null, 2)}\n`, {
      mode: PRIVATE_FILE,
    });
    await this.#end({ version: models.version, status: 'finished' }, models);
  }

  async fail(error: unknown): Promise<void> {
    await this.#end({ status: error instanceof InterruptedError ? 'interrupted' : 'failed' });
  }

  async #end(
    last: { version?: string; status: 'finished' | 'failed' | 'interrupted' },
    models?: Artefact,
  ): Promise<void> {
    const { tracker, writeReport, progress, sendsFiles } = this.to;
    const seconds = Math.round(performance.now() - this.#started) / 1000;
    this.record = { ...this.record, ...last, seconds };
    await writeRunRecord(this.folder, this.record);
    if (last.status === 'finished') {
      await writeReport(this.folder, this.record);
      if (last.version) tracker.tags({ model: last.version });
      for (const file of ['run.json', 'report.html']) tracker.artefact(file);
      if (models && sendsFiles) recordModelFiles(tracker, this.folder, models, TRAINED);
    }
    const problem = await tracker.finish(last.status);
    if (problem) progress.note(problem);
  }
}
