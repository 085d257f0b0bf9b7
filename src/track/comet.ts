/**
 * Comet's REST API (v2): an experiment, its parameters and metrics one by one, files as multipart forms.
 * Requests as in Comet's own clients (comet-ml/cometr): write/experiment/{create, parameter, metric, log-other, tags,
 * upload-asset, set-status, set-start-end-time}.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpError } from '../net/http-error.ts';
import type { RunEvent } from './event-log.ts';
import {
  type RemoteRun,
  request,
  type TrackingRequest,
  type TrackingServer,
} from './remote-run.ts';

export interface CometOptions {
  readonly apiKey: string;
  readonly project: string;
  /** null = the key's default */
  readonly workspace: string | null;
  readonly base?: string;
}

const BASE = 'https://www.comet.com/api/rest/v2/';

export class Comet implements TrackingServer {
  readonly name = 'comet';

  constructor(private readonly options: CometOptions) {}

  async create(run: { name: string; at: number }, signal: AbortSignal): Promise<RemoteRun> {
    const { workspace, project } = this.options;
    const { experimentKey } = (await this.#post(
      'create',
      {
        projectName: project,
        experimentName: run.name,
        ...(workspace ? { workspaceName: workspace } : {}),
      },
      signal,
    )) as { experimentKey?: string };
    if (!experimentKey) throw new HttpError('unusable', 'Comet, create: the answer has no key');
    return { experimentKey };
  }

  async send(run: RemoteRun, event: RunEvent, folder: string, signal: AbortSignal): Promise<void> {
    const { experimentKey } = run;
    const timestamp = event.at;
    if ('artefact' in event) return this.#upload(experimentKey, event.artefact, folder, signal);
    if ('finish' in event) {
      await this.#post('tags', { experimentKey, addedTags: [event.finish] }, signal);
      await this.#post('set-start-end-time', { experimentKey, endTimeMillis: timestamp }, signal);
      return;
    }
    if ('metrics' in event) {
      for (const [metricName, metricValue] of Object.entries(event.metrics))
        await this.#post(
          'metric',
          { experimentKey, metricName, metricValue, step: event.step, timestamp },
          signal,
        );
      await this.#alive(experimentKey, signal);
      return;
    }
    if ('parameters' in event) {
      for (const [parameterName, parameterValue] of Object.entries(event.parameters))
        await this.#post(
          'parameter',
          { experimentKey, parameterName, parameterValue, timestamp },
          signal,
        );
      return;
    }
    for (const [key, value] of Object.entries(event.tags))
      await this.#post('log-other', { experimentKey, key, value, timestamp }, signal);
  }

  /** Shows the experiment as running; without it, Comet considers it ended after a while. */
  async #alive(experimentKey: string, signal: AbortSignal): Promise<void> {
    await this.#request('set-status', { experimentKey }, { method: 'GET' }, signal);
  }

  async #upload(experimentKey: string, fileName: string, folder: string, signal: AbortSignal) {
    const body = new FormData();
    body.append('file', new Blob([await readFile(join(folder, fileName))]), fileName);
    const query = { experimentKey, fileName, type: 'asset' };
    await this.#request('upload-asset', query, { body }, signal);
  }

  #post(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return this.#request(call, {}, { body: JSON.stringify(body), headers }, signal);
  }

  #request(
    call: string,
    query: Readonly<Record<string, string>>,
    options: TrackingRequest,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { apiKey, base = BASE } = this.options;
    const url = new URL(`write/experiment/${call}?${new URLSearchParams(query)}`, base);
    const headers = { ...options.headers, authorization: apiKey };
    return request(`Comet, ${call}`, url, { ...options, headers }, signal);
  }
}
