/**
 * A server that speaks the part of Comet's REST API (v2) that experiments and the model registry need, as documented at
 * comet.com/docs/v2/api-and-sdk/rest-api: it refuses a wrong key, an unknown experiment, a call that does not exist and a
 * body that lacks a required field, and keeps the rest.
 */
import { type Asked, type Reply, type UpstreamServer, upstreamServer } from './upstream-server.ts';

export interface CometExperiment {
  readonly name: string;
  readonly project: string;
  startedAt: number | null;
  endedAt: number | null;
  readonly parameters: Record<string, string>;
  readonly metrics: { name: string; value: number; step: number | null; epoch: number | null }[];
  readonly others: Record<string, string>;
  readonly tags: string[];
  readonly assets: CometFile[];
  html: string | null;
  git: Readonly<Record<string, string>> | null;
  system: Readonly<Record<string, string>> | null;
}

interface CometFile {
  readonly fileName: string;
  /** chosen by the client */
  readonly assetId?: string;
  readonly type: string;
  /** of the model that it belongs to */
  readonly groupingName: string | null;
  readonly content: string;
}

export interface CometVersion {
  readonly version: string;
  readonly comment: string;
  readonly stages: readonly string[];
  readonly experimentModelId: string;
}

export class CometServer {
  readonly experiments = new Map<string, CometExperiment>();
  /** model → its versions */
  readonly registry = new Map<string, CometVersion[]>();
  readonly refused: string[] = [];

  private constructor(
    private readonly server: UpstreamServer,
    private readonly key: string,
  ) {}

  static async start(key: string): Promise<CometServer> {
    const server = await upstreamServer();
    const comet = new CometServer(server, key);
    server.play((asked) => comet.#answer(asked));
    return comet;
  }

  get url(): string {
    return this.server.url;
  }

  get asked(): readonly Asked[] {
    return this.server.asked;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  #answer(asked: Asked): Reply {
    const call = `${asked.method} ${asked.path.replace('/api/rest/v2/', '')}`;
    const reply =
      asked.headers.authorization === this.key
        ? this.#reply(call, asked)
        : { status: 401, json: { msg: 'Unauthorized' } };
    if ((reply.status ?? 200) >= 400) this.refused.push(`${call}: ${reply.status}`);
    return reply;
  }

  #reply(call: string, asked: Asked): Reply {
    const isJson = asked.headers['content-type'] === 'application/json';
    const body = (isJson ? JSON.parse(asked.body) : asked.query) as Record<string, never>;
    const required = REQUIRED[call];
    if (!required) return { status: 404, json: { msg: `no call ${call}` } };
    const lacking = required.filter((field) => body[field] === undefined);
    if (lacking.length > 0) return { status: 400, json: { msg: `lacks ${lacking.join(', ')}` } };
    if (call === 'POST write/experiment/create') return this.#create(body);
    if (call.includes('registry-model')) return this.#registry(call, body);
    const experiment = this.experiments.get(body.experimentKey);
    if (!experiment) return { status: 400, json: { msg: 'no such experiment' } };
    return { json: this.#write(call, experiment, body, asked) ?? { msg: 'ok', code: 200 } };
  }

  #create({ projectName, experimentName, workspaceName = 'default' as never }: Values): Reply {
    const experimentKey = `experiment-${this.experiments.size + 1}`;
    this.experiments.set(experimentKey, {
      ...{ name: experimentName, project: projectName, startedAt: null, endedAt: null },
      ...{ parameters: {}, metrics: [], others: {}, tags: [], assets: [] },
      ...{ html: null, git: null, system: null },
    });
    return { json: { experimentKey, workspaceName, projectName, link: `${this.url}/experiment` } };
  }

  #write(call: string, experiment: CometExperiment, body: Values, asked: Asked): unknown {
    switch (call.replace('POST write/experiment/', '')) {
      case 'parameter':
        experiment.parameters[body.parameterName] = body.parameterValue;
        return;
      case 'metric': {
        const { metricName: name, metricValue: value, step = null, epoch = null } = body;
        experiment.metrics.push({ name, value, step, epoch });
        return;
      }
      case 'log-other':
        experiment.others[body.key] = body.value;
        return;
      case 'tags':
        experiment.tags.push(...(body.addedTags as string[]));
        return;
      case 'set-start-end-time':
        experiment.startedAt = body.startTimeMillis ?? experiment.startedAt;
        experiment.endedAt = body.endTimeMillis ?? experiment.endedAt;
        return;
      case 'html':
        experiment.html = body.html;
        return;
      case 'git/metadata':
        experiment.git = body;
        return;
      case 'system-details':
        experiment.system = body;
        return;
      case 'upload-asset':
        keep(experiment.assets, fileOf(asked));
        return;
      case 'GET experiment/model':
        return { models: this.#models(body.experimentKey, experiment) };
    }
  }

  /** An experiment's models are the groups of its model files. */
  #models(experimentKey: string, { assets }: CometExperiment) {
    const names = new Set(assets.flatMap(({ groupingName }) => groupingName ?? []));
    const versions = [...this.registry].flatMap(([registryModelName, all]) =>
      all.map((version) => ({ registryModelName, ...version })),
    );
    return [...names].map((modelName) => {
      const experimentModelId = `${experimentKey}/${modelName}`;
      const registryRecords = versions.filter((one) => one.experimentModelId === experimentModelId);
      return { experimentModelId, experimentKey, modelName, registryRecords };
    });
  }

  #registry(call: string, body: Values): Reply {
    if (call === 'GET registry-model')
      return {
        json: { registryModels: [...this.registry.keys()].map((modelName) => ({ modelName })) },
      };
    const { registryModelName: name, version, comment, stages, experimentModelId } = body;
    const isNew = call === 'POST write/registry-model';
    const versions = this.registry.get(name);
    if (isNew === Boolean(versions))
      return { status: 400, json: { msg: isNew ? 'is there already' : 'no such model' } };
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return { status: 400, json: { msg: 'no name' } };
    if (!/^\d+\.\d+\.\d+$/.test(version)) return { status: 400, json: { msg: 'no version' } };
    if (versions?.some((one) => one.version === version))
      return { status: 400, json: { msg: 'version is there already' } };
    const made = { version, comment, stages, experimentModelId };
    this.registry.set(name, [...(versions ?? []), made]);
    return { json: { registryModelId: name, registryModelItemId: `${name}/${version}` } };
  }
}

type Values = Readonly<Record<string, never>>;

/** The calls that exist, with the fields that each must have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'POST write/experiment/create': ['projectName'],
  'POST write/experiment/parameter': ['experimentKey', 'parameterName', 'parameterValue'],
  'POST write/experiment/metric': ['experimentKey', 'metricName', 'metricValue'],
  'POST write/experiment/log-other': ['experimentKey', 'key', 'value'],
  'POST write/experiment/tags': ['experimentKey', 'addedTags'],
  'POST write/experiment/set-start-end-time': ['experimentKey'],
  'POST write/experiment/html': ['experimentKey', 'html'],
  'POST write/experiment/git/metadata': ['experimentKey'],
  'POST write/experiment/system-details': ['experimentKey'],
  'POST write/experiment/upload-asset': ['experimentKey', 'fileName', 'type'],
  'GET write/experiment/set-status': ['experimentKey'],
  'GET experiment/model': ['experimentKey'],
  'GET registry-model': ['workspaceName'],
  'POST write/registry-model': ['experimentModelId', 'registryModelName', 'version'],
  'POST write/registry-model/item': ['experimentModelId', 'registryModelName', 'version'],
};

/** A file of the same name in the same group is replaced. */
function keep(assets: CometFile[], file: CometFile): void {
  const same = ({ fileName, groupingName }: CometFile) =>
    fileName === file.fileName && groupingName === file.groupingName;
  const at = assets.findIndex(same);
  if (at < 0) assets.push(file);
  else assets[at] = file;
}

/** Of a multipart form with one part. */
function fileOf({ query, headers, body }: Asked): CometFile {
  const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const [, part] = body.split(`--${boundary}`);
  const content = part.slice(part.indexOf('\r\n\r\n') + 4, -2);
  return { ...query, groupingName: query.groupingName ?? null, content } as CometFile;
}
