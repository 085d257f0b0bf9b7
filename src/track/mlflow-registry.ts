/** A published bundle as a version of a model in MLflow's registry. */
import type { PublishedBundle } from './event-log.ts';
import type { MlflowApi } from './mlflow-api.ts';
import type { RemoteRun } from './remote-run.ts';

interface Registration {
  /** name of the registered model */
  readonly project: string;
  readonly bundle: PublishedBundle;
}

/** Of the version that is in use: mlflow.artifacts.download_artifacts("models:/<project>@published"). */
const ALIAS = 'published';
const TAG = 'bundle';

/**
 * Registers the run's model `bundle.model`, and lets the alias "published" name it. Once only, however often it is sent.
 * @throws HttpError
 */
export async function registerVersion(
  api: MlflowApi,
  run: RemoteRun,
  { project: name, bundle }: Registration,
  signal: AbortSignal,
): Promise<void> {
  const description = 'Bundles published by Osusume';
  await api.create('registered-models/create', { name, description }, signal);
  const version =
    (await versionOf(api, name, bundle.version, signal)) ??
    (await createVersion(api, run, { project: name, bundle }, signal));
  await api.post('registered-models/alias', { name, alias: ALIAS, version }, signal);
}

interface ModelVersion {
  readonly version: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** null: the bundle has none yet */
async function versionOf(
  api: MlflowApi,
  name: string,
  bundle: string,
  signal: AbortSignal,
): Promise<string | null> {
  const filter = `name='${name.replaceAll("'", "''")}' AND tags.${TAG}='${bundle}'`;
  const { model_versions: found = [] } = (await api.get(
    'model-versions/search',
    { filter },
    signal,
  )) as { model_versions?: readonly ModelVersion[] };
  return found[0]?.version ?? null;
}

async function createVersion(
  api: MlflowApi,
  { runId }: RemoteRun,
  { project: name, bundle }: Registration,
  signal: AbortSignal,
): Promise<string> {
  const metrics = Object.entries(bundle.metrics).map(([key, value]) => [key, String(value)]);
  const tags = [[TAG, bundle.version], ...metrics].map(([key, value]) => ({ key, value }));
  const { model_version } = (await api.post(
    'model-versions/create',
    {
      ...{ name, run_id: runId, source: `runs:/${runId}/models/${bundle.model}`, tags },
      description: `Bundle ${bundle.version}`,
    },
    signal,
  )) as { model_version: ModelVersion };
  return model_version.version;
}
