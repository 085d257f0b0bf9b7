/** A run as a run of MLflow: parameters, metrics, code, dataset, description, files, and versions in the registry. */
import { basename, join } from 'node:path';
import { firstLetters } from '../first-letters.ts';
import type { CodeFacts, Curve, DatasetFacts, EmbeddingFiles, RunEvent } from './event-log.ts';
import { MlflowApi } from './mlflow-api.ts';
import { registerVersion } from './mlflow-registry.ts';
import { projectorConfig } from './projector.ts';
import type { RemoteRun, TrackingServer } from './remote-run.ts';

export interface MlflowOptions {
  /** MLFLOW_TRACKING_URI; user:password@ in it becomes a header */
  readonly uri: string;
  readonly token?: string;
  /** created when it does not exist; also the name of the registered model */
  readonly experiment: string;
}

/** A log-batch may have 100 parameters or tags, and 1000 metrics, which take a slow server too long. */
const MAX_PARAMETERS = 100;
const MAX_METRICS = 200;
/** MLflow rejects longer values of parameters and tags. */
const MAX_VALUE_LENGTH = 5000;
/** and a longer digest of a dataset. */
const MAX_DIGEST_LENGTH = 36;

const STATUS = { finished: 'FINISHED', failed: 'FAILED', interrupted: 'KILLED' } as const;

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export class Mlflow implements TrackingServer {
  readonly name = 'mlflow';
  readonly #api: MlflowApi;

  constructor(private readonly options: MlflowOptions) {
    this.#api = new MlflowApi(options.uri, options.token);
  }

  async create(run: { name: string; at: number }, signal: AbortSignal): Promise<RemoteRun> {
    const experiment_id = await this.#experiment(signal);
    const { run: made } = (await this.#api.post(
      'runs/create',
      { experiment_id, run_name: run.name, start_time: run.at },
      signal,
    )) as { run: { info: { run_id: string; artifact_uri: string } } };
    return { runId: made.info.run_id, artefacts: made.info.artifact_uri };
  }

  async send(run: RemoteRun, event: RunEvent, folder: string, signal: AbortSignal): Promise<void> {
    const run_id = run.runId;
    if ('finish' in event) {
      const status = STATUS[event.finish];
      await this.#api.post('runs/update', { run_id, status, end_time: event.at }, signal);
      return;
    }
    if ('metrics' in event) {
      const { at: timestamp, step = 0 } = event;
      const all = Object.entries(event.metrics);
      const metrics = all.map(([key, value]) => ({ key, value, timestamp, step }));
      return this.#metrics(run_id, metrics, signal);
    }
    if ('curve' in event) return this.#metrics(run_id, pointsOf(event.curve, event.at), signal);
    if ('parameters' in event) return this.#values(run_id, 'params', event.parameters, signal);
    if ('tags' in event) return this.#values(run_id, 'tags', event.tags, signal);
    if ('description' in event)
      return this.#values(run_id, 'tags', { 'mlflow.note.content': event.description }, signal);
    if ('code' in event) return this.#values(run_id, 'tags', tagsOf(event.code), signal);
    if ('dataset' in event) {
      const datasets = [inputOf(event.dataset)];
      await this.#api.post('runs/log-inputs', { run_id, datasets }, signal);
      return;
    }
    if ('bundle' in event) {
      const registration = { project: this.options.experiment, bundle: event.bundle };
      return registerVersion(this.#api, run, registration, signal);
    }
    if ('embedding' in event) return this.#embedding(run, event.embedding, folder, signal);
    if ('modelFile' in event) {
      const { model, file, path } = event.modelFile;
      return this.#upload(run, `models/${model}/${file}`, join(folder, path), signal);
    }
    return this.#upload(run, event.artefact, join(folder, event.artefact), signal);
  }

  async #metrics(run_id: string, all: readonly Metric[], signal: AbortSignal): Promise<void> {
    for (const metrics of batches(all, MAX_METRICS))
      await this.#api.post('runs/log-batch', { run_id, metrics }, signal);
  }

  async #values(
    run_id: string,
    kind: 'params' | 'tags',
    values: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<void> {
    const all = Object.entries(values).map(([key, value]) => ({
      key,
      value: firstLetters(value, MAX_VALUE_LENGTH),
    }));
    for (const batch of batches(all, MAX_PARAMETERS))
      await this.#api.post('runs/log-batch', { run_id, [kind]: batch }, signal);
  }

  async #experiment(signal: AbortSignal): Promise<string> {
    const name = this.options.experiment;
    const made = (await this.#api.create('experiments/create', { name }, signal)) as {
      experiment_id: string;
    } | null;
    if (made) return made.experiment_id;
    const { experiment } = (await this.#api.get(
      'experiments/get-by-name',
      { experiment_name: name },
      signal,
    )) as { experiment: { experiment_id: string } };
    return experiment.experiment_id;
  }

  async #embedding(
    run: RemoteRun,
    files: EmbeddingFiles,
    folder: string,
    signal: AbortSignal,
  ): Promise<void> {
    const to = `embeddings/${files.name}`;
    for (const file of [files.vectors, files.labels])
      await this.#upload(run, `${to}/${basename(file)}`, join(folder, file), signal);
    const config = JSON.stringify(projectorConfig(files), null, 2);
    await this.#api.uploadText(run.artefacts, `${to}/projector_config.json`, config, signal);
  }

  /** A file that was removed before it could be sent is named, so that nobody looks for it in vain. */
  async #upload(run: RemoteRun, to: string, from: string, signal: AbortSignal): Promise<void> {
    if (await this.#api.upload(run.artefacts, to, from, signal)) return;
    const missing = { [`not_sent.${to}`]: 'removed before it could be sent' };
    await this.#values(run.runId, 'tags', missing, signal);
  }
}

function pointsOf({ name, x, y }: Curve, timestamp: number): Metric[] {
  return y.map((value, i) => ({ key: name, value, timestamp, step: x[i] }));
}

/** The tags that MLflow's page shows as the run's source; the machine below them. */
function tagsOf({ commit, release, ...machine }: CodeFacts): Record<string, string> {
  const facts = Object.entries(machine).map(([key, value]) => [`system.${key}`, String(value)]);
  return {
    'mlflow.source.name': `osusume ${release}`,
    'mlflow.source.type': 'LOCAL',
    ...(commit === null
      ? {}
      : {
          'mlflow.source.git.commit': commit.replace(/\+.*/, ''),
          'mlflow.source.git.dirty': String(commit.includes('+')),
        }),
    ...Object.fromEntries(facts),
  };
}

/** What the page shows as the run's dataset. */
function inputOf({ name, fingerprint, ...counts }: DatasetFacts): object {
  return {
    tags: [{ key: 'mlflow.data.context', value: 'training' }],
    dataset: {
      name,
      digest: firstLetters(fingerprint, MAX_DIGEST_LENGTH),
      source_type: 'osusume',
      source: JSON.stringify({ name, fingerprint }),
      profile: JSON.stringify(counts),
    },
  };
}

function* batches<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
