/** A run as an experiment of Comet: parameters, metrics, curves, code, machine, report, models and embeddings. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpError } from '../net/http-error.ts';
import { CometApi } from './comet-api.ts';
import { registerVersion } from './comet-registry.ts';
import type { CodeFacts, EmbeddingFiles, RunEvent } from './event-log.ts';
import { projectorConfig } from './projector.ts';
import type { RemoteRun, TrackingServer } from './remote-run.ts';

export interface CometOptions {
  readonly apiKey: string;
  /** also the name of the model in the registry */
  readonly project: string;
  /** null = the key's default */
  readonly workspace: string | null;
  readonly base?: string;
}

export class Comet implements TrackingServer {
  readonly name = 'comet';
  readonly #api: CometApi;

  constructor(private readonly options: CometOptions) {
    this.#api = new CometApi(options.apiKey, options.base);
  }

  async create(run: { name: string; at: number }, signal: AbortSignal): Promise<RemoteRun> {
    const { workspace, project } = this.options;
    const { experimentKey, workspaceName } = (await this.#api.post(
      'write/experiment/create',
      {
        projectName: project,
        experimentName: run.name,
        ...(workspace ? { workspaceName: workspace } : {}),
      },
      signal,
    )) as { experimentKey?: string; workspaceName?: string };
    if (!experimentKey) throw new HttpError('unusable', 'Comet, create: the answer has no key');
    await this.#write('set-start-end-time', { experimentKey, startTimeMillis: run.at }, signal);
    return { experimentKey, workspace: workspaceName ?? workspace ?? '' };
  }

  async send(run: RemoteRun, event: RunEvent, folder: string, signal: AbortSignal): Promise<void> {
    const { experimentKey } = run;
    if ('metrics' in event) return this.#metrics(experimentKey, event, signal);
    if ('parameters' in event) return this.#parameters(experimentKey, event, signal);
    if ('tags' in event) return this.#others(experimentKey, event.tags, event.at, signal);
    if ('dataset' in event) {
      const facts = Object.entries(event.dataset).map(([key, value]) => [
        `dataset.${key}`,
        String(value),
      ]);
      return this.#others(experimentKey, Object.fromEntries(facts), event.at, signal);
    }
    if ('code' in event) return this.#code(experimentKey, event.code, event.at, signal);
    if ('curve' in event) {
      const { name } = event.curve;
      const asset = { experimentKey, fileName: name, type: 'curve' };
      return this.#api.uploadText(asset, JSON.stringify(event.curve), signal);
    }
    if ('description' in event) {
      const asset = { experimentKey, fileName: 'description.md', type: 'asset' };
      return this.#api.uploadText(asset, event.description, signal);
    }
    if ('finish' in event) {
      await this.#write('tags', { experimentKey, addedTags: [event.finish] }, signal);
      const endTimeMillis = event.at;
      await this.#write('set-start-end-time', { experimentKey, endTimeMillis }, signal);
      return;
    }
    return this.#files(run, event, folder, signal);
  }

  async #metrics(
    experimentKey: string,
    { metrics, step, at: timestamp }: Extract<RunEvent, { metrics: unknown }>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [metricName, metricValue] of Object.entries(metrics)) {
      // the page's charts have epochs as an axis of their own
      const at = step === undefined ? {} : { step, epoch: step };
      const metric = { experimentKey, metricName, metricValue, ...at, timestamp };
      await this.#write('metric', metric, signal);
    }
    // shows the experiment as running; without it, Comet considers it ended after a while
    await this.#api.get('write/experiment/set-status', { experimentKey }, signal);
  }

  async #parameters(
    experimentKey: string,
    { parameters, at: timestamp }: Extract<RunEvent, { parameters: unknown }>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [parameterName, parameterValue] of Object.entries(parameters)) {
      const parameter = { experimentKey, parameterName, parameterValue, timestamp };
      await this.#write('parameter', parameter, signal);
    }
  }

  async #others(
    experimentKey: string,
    values: Readonly<Record<string, string>>,
    timestamp: number,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [key, value] of Object.entries(values))
      await this.#write('log-other', { experimentKey, key, value, timestamp }, signal);
  }

  async #code(
    experimentKey: string,
    code: CodeFacts,
    timestamp: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { release, node, commit, cores, memoryBytes } = code;
    const machine = {
      experimentKey,
      osType: code.system,
      os: `${code.system} ${code.systemRelease}`,
      osRelease: code.systemRelease,
      machine: code.architecture,
      processor: code.processor,
    };
    await this.#write('system-details', machine, signal);
    const others = { release, node, cores: String(cores), memoryBytes: String(memoryBytes) };
    await this.#others(experimentKey, others, timestamp, signal);
    if (commit === null) return;
    const parent = commit.replace(/\+.*/, '');
    await this.#write('git/metadata', { experimentKey, parent }, signal);
  }

  async #files(
    run: RemoteRun,
    event: FileEvent,
    folder: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { experimentKey } = run;
    if ('artefact' in event) {
      const fileName = event.artefact;
      const path = join(folder, fileName);
      await this.#sendFile({ experimentKey, fileName, type: 'asset' }, path, signal);
      if (fileName.endsWith('.html')) await this.#page(experimentKey, path, event.at, signal);
      return;
    }
    if ('modelFile' in event) {
      const { model, file, path } = event.modelFile;
      const asset = { experimentKey, fileName: file, type: 'model-element', groupingName: model };
      await this.#sendFile(asset, join(folder, path), signal);
      return;
    }
    if ('embedding' in event)
      return this.#embedding(experimentKey, event.embedding, folder, signal);
    const { project } = this.options;
    await registerVersion(this.#api, run, { project, bundle: event.bundle }, signal);
  }

  /** The page's own HTML tab. */
  async #page(
    experimentKey: string,
    path: string,
    timestamp: number,
    signal: AbortSignal,
  ): Promise<void> {
    const html = await readFile(path, 'utf8').catch(() => null);
    if (html !== null)
      await this.#write('html', { experimentKey, html, override: true, timestamp }, signal);
  }

  /** A file that was removed before it could be sent is named, so that nobody looks for it in vain. */
  async #sendFile(
    asset: Parameters<CometApi['upload']>[0],
    path: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (await this.#api.upload(asset, path, signal)) return;
    const { experimentKey, fileName } = asset;
    const key = `not sent: ${fileName}`;
    const value = 'removed before it could be sent';
    await this.#write('log-other', { experimentKey, key, value }, signal);
  }

  async #embedding(
    experimentKey: string,
    files: EmbeddingFiles,
    folder: string,
    signal: AbortSignal,
  ): Promise<void> {
    const assetIdOf = (file: string) => hash(`${experimentKey} ${file}`);
    for (const fileName of [files.vectors, files.labels]) {
      const asset = { experimentKey, fileName, type: 'asset', assetId: assetIdOf(fileName) };
      await this.#sendFile(asset, join(folder, fileName), signal);
    }
    // the page's projector reads the files by their ids
    const config = projectorConfig(
      files,
      (file) =>
        `/api/asset/download?${new URLSearchParams({ assetId: assetIdOf(file), experimentKey })}`,
    );
    const fileName = `${files.name}-projector.json`;
    const asset = { experimentKey, fileName, type: 'embeddings' };
    await this.#api.uploadText(asset, JSON.stringify(config), signal);
  }

  #write(call: string, body: object, signal: AbortSignal): Promise<unknown> {
    return this.#api.post(`write/experiment/${call}`, body, signal);
  }
}

/** 32 hexadecimal digits, as Comet's ids of assets have. The same file has the same id when it is sent again. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** About files of the run, of its models, or of what was published from them. */
type FileEvent = Extract<
  RunEvent,
  { artefact: unknown } | { modelFile: unknown } | { embedding: unknown } | { bundle: unknown }
>;
