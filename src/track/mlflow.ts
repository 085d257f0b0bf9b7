/** MLflow's REST API (2.0): an experiment by name, a run in it, batches of parameters, metrics and tags, files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstLetters } from '../first-letters.ts';
import { HttpError } from '../net/http-error.ts';
import type { RunEvent } from './event-log.ts';
import {
  type RemoteRun,
  request,
  type TrackingRequest,
  type TrackingServer,
} from './remote-run.ts';

export interface MlflowOptions {
  /** MLFLOW_TRACKING_URI; user:password@ in it becomes a header */
  readonly uri: string;
  readonly token?: string;
  /** created when it does not exist */
  readonly experiment: string;
}

/** A log-batch may have 100 parameters or tags, and 1000 metrics, which take a slow server too long. */
const MAX_PARAMETERS = 100;
const MAX_METRICS = 200;
/** MLflow rejects longer values of parameters and tags. */
const MAX_VALUE_LENGTH = 5000;

const STATUS = { finished: 'FINISHED', failed: 'FAILED', interrupted: 'KILLED' } as const;

export class Mlflow implements TrackingServer {
  readonly name = 'mlflow';
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(private readonly options: MlflowOptions) {
    this.#base = new URL(options.uri.replace(/\/*$/, '/'));
    const { username, password } = this.#base;
    this.#base.username = '';
    this.#base.password = '';
    const basic = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#headers = options.token
      ? { authorization: `Bearer ${options.token}` }
      : username
        ? { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }
        : {};
  }

  async create(run: { name: string; at: number }, signal: AbortSignal): Promise<RemoteRun> {
    const experiment_id = await this.#experiment(signal);
    const { run: made } = (await this.#post(
      'runs/create',
      { experiment_id, run_name: run.name, start_time: run.at },
      signal,
    )) as { run: { info: { run_id: string; artifact_uri: string } } };
    return { runId: made.info.run_id, artefacts: made.info.artifact_uri };
  }

  async send(run: RemoteRun, event: RunEvent, folder: string, signal: AbortSignal): Promise<void> {
    const run_id = run.runId;
    if ('artefact' in event) return this.#upload(run, event.artefact, folder, signal);
    if ('finish' in event) {
      const status = STATUS[event.finish];
      await this.#post('runs/update', { run_id, status, end_time: event.at }, signal);
      return;
    }
    if ('metrics' in event) {
      const { at: timestamp, step = 0 } = event;
      const all = Object.entries(event.metrics).map(([key, value]) => ({
        key,
        value,
        timestamp,
        step,
      }));
      for (const metrics of batches(all, MAX_METRICS))
        await this.#post('runs/log-batch', { run_id, metrics }, signal);
      return;
    }
    const [kind, values] =
      'parameters' in event
        ? (['params', event.parameters] as const)
        : (['tags', event.tags] as const);
    const all = Object.entries(values).map(([key, value]) => ({
      key,
      value: firstLetters(value, MAX_VALUE_LENGTH),
    }));
    for (const batch of batches(all, MAX_PARAMETERS))
      await this.#post('runs/log-batch', { run_id, [kind]: batch }, signal);
  }

  async #experiment(signal: AbortSignal): Promise<string> {
    const name = this.options.experiment;
    try {
      const { experiment_id } = (await this.#post('experiments/create', { name }, signal)) as {
        experiment_id: string;
      };
      return experiment_id;
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== 'RESOURCE_ALREADY_EXISTS') throw error;
    }
    const path = `api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
    const { experiment } = (await this.#request(
      'experiments/get-by-name',
      path,
      { method: 'GET' },
      signal,
    )) as {
      experiment: { experiment_id: string };
    };
    return experiment.experiment_id;
  }

  /** Only when the server stores artefacts itself: other stores cannot be written over REST. */
  async #upload(run: RemoteRun, file: string, folder: string, signal: AbortSignal): Promise<void> {
    if (!run.artefacts.startsWith('mlflow-artifacts:/')) return;
    const root = run.artefacts.replace(/^mlflow-artifacts:\/*/, '');
    const body = await readFile(join(folder, file));
    const path = `api/2.0/mlflow-artifacts/artifacts/${root}/${encodeURIComponent(file)}`;
    await this.#request(`Uploading ${file}`, path, { method: 'PUT', body }, signal);
  }

  #post(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#request(call, `api/2.0/mlflow/${call}`, { body: JSON.stringify(body) }, signal);
  }

  #request(what: string, path: string, options: TrackingRequest, signal: AbortSignal) {
    const type = typeof options.body === 'string' ? 'application/json' : 'application/octet-stream';
    const headers = { ...this.#headers, 'content-type': type };
    return request(`MLflow, ${what}`, new URL(path, this.#base), { ...options, headers }, signal);
  }
}

function* batches<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
