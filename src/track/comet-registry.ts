/** A published bundle as a version of a model in Comet's registry. */
import type { CometApi } from './comet-api.ts';
import type { PublishedBundle } from './event-log.ts';
import type { RemoteRun } from './remote-run.ts';

interface Registration {
  /** its name, in the form that the registry wants, is that of the model */
  readonly project: string;
  readonly bundle: PublishedBundle;
}

/**
 * Registers what was uploaded as the experiment's model `bundle.model`. A version that is there already is left alone.
 * @throws HttpError
 */
export async function registerVersion(
  api: CometApi,
  { experimentKey, workspace }: RemoteRun,
  { project, bundle }: Registration,
  signal: AbortSignal,
): Promise<void> {
  const { models = [] } = (await api.get('experiment/model', { experimentKey }, signal)) as {
    models?: readonly {
      experimentModelId: string;
      modelName: string;
      registryRecords?: object[];
    }[];
  };
  const found = models.find(({ modelName }) => modelName === bundle.model);
  // its files were removed before they could be sent
  if (!found) return;
  if ((found.registryRecords ?? []).length > 0) return;
  const registryModelName = registryName(project);
  const known = await isRegistered(api, workspace, registryModelName, signal);
  const version = {
    experimentModelId: found.experimentModelId,
    registryModelName,
    version: semanticVersion(bundle.version),
    comment: commentOf(bundle),
    stages: ['published'],
  };
  if (known) await api.post('write/registry-model/item', version, signal);
  else {
    const description = 'Bundles published by Osusume';
    const model = { ...version, description, isPublic: false };
    await api.post('write/registry-model', model, signal);
  }
}

async function isRegistered(
  api: CometApi,
  workspaceName: string,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const query: Record<string, string> = workspaceName ? { workspaceName } : {};
  const { registryModels = [] } = (await api.get('registry-model', query, signal)) as {
    registryModels?: readonly { modelName: string }[];
  };
  return registryModels.some(({ modelName }) => modelName === name);
}

/** Lower case, with single dashes for everything but letters and digits: "My Anime" → "my-anime". */
export function registryName(project: string): string {
  return project
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The registry wants major.minor.patch: 20261127T033420-08dcc4 → 20261127.33420.<08dcc4 as a number>. A later bundle has a
 * higher one.
 */
export function semanticVersion(bundle: string): string {
  const [, day, time, hash] = /^(\d{8})T(\d{6})-([0-9a-f]+)/.exec(bundle) ?? [];
  if (day === undefined) return '0.0.0';
  return [day, time, Number.parseInt(hash.slice(0, 6), 16)].map(Number).join('.');
}

function commentOf({ version, metrics }: PublishedBundle): string {
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  return [`bundle ${version}`, ...measured].join(', ');
}
