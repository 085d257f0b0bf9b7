/** Pods: they are their Deployment's, their probes have ports, what they mount exists, and they have time to stop. */
import { containersOf, hasPort, nameOf, selects, specOf } from './rendering.js';

/** @import { DeploymentSpec, ExternalSecretSpec } from '../objects.ts' */
/** @import { Pods, Rendering } from './rendering.js' */

/** Seconds in which the server finishes what runs after it has stopped listening (docs/operating.md, "Stopping"). */
const FINISHING = 10;

/** @param {Rendering} rendering */
export function wrongSelectors(rendering) {
  const wrong = [];
  for (const deployment of rendering.all('Deployment')) {
    const { selector, template } = /** @type {DeploymentSpec} */ (specOf(deployment));
    if (!selects(selector, template.metadata.labels ?? {}))
      wrong.push(`${nameOf(deployment)} does not select its own pods`);
    for (const { owner } of rendering.podsSelectedBy(selector))
      if (owner !== deployment)
        wrong.push(`${nameOf(deployment)} selects pods of ${nameOf(owner)}`);
    for (const { labelSelector } of template.spec.topologySpreadConstraints ?? [])
      if (!selects(labelSelector, template.metadata.labels ?? {}))
        wrong.push(`${nameOf(deployment)} spreads other pods than its own`);
  }
  return wrong;
}

/** @param {Rendering} rendering */
export function probesWithoutPort(rendering) {
  return rendering.pods().flatMap(({ owner, spec }) =>
    spec.containers.flatMap((container) =>
      [container.startupProbe, container.livenessProbe, container.readinessProbe].flatMap(
        (probe) => {
          if (!probe?.httpGet || hasPort(container, probe.httpGet.port)) return [];
          return [`${nameOf(owner)}: a probe asks port ${probe.httpGet.port}, which is not there`];
        },
      ),
    ),
  );
}

/** @param {Rendering} rendering */
export function missingReferences(rendering) {
  return rendering.pods().flatMap((pods) => {
    const { owner, spec } = pods;
    const wanted = [
      ...(spec.serviceAccountName ? [['ServiceAccount', spec.serviceAccountName]] : []),
      ...(spec.volumes ?? []).flatMap(({ configMap, persistentVolumeClaim }) => [
        ...(configMap ? [['ConfigMap', configMap.name]] : []),
        ...(persistentVolumeClaim
          ? [['PersistentVolumeClaim', persistentVolumeClaim.claimName]]
          : []),
      ]),
    ];
    const volumes = new Set((spec.volumes ?? []).map(({ name }) => name));
    const mounts = containersOf(pods).flatMap(({ volumeMounts = [] }) => volumeMounts);
    return [
      ...wanted
        .filter(([kind, name]) => !rendering.find(kind, name))
        .map(([kind, name]) => `${nameOf(owner)}: there is no ${kind} ${name}`),
      ...mounts
        .filter(({ name }) => !volumes.has(name))
        .map(({ name }) => `${nameOf(owner)}: there is no volume ${name}`),
      ...missingSecrets(rendering, pods),
    ];
  });
}

/**
 * @param {Rendering} rendering
 * @param {Pods} pods
 */
function missingSecrets(rendering, pods) {
  const made = rendering
    .all('ExternalSecret')
    .map((object) => /** @type {ExternalSecretSpec} */ (specOf(object)).target.name);
  return containersOf(pods)
    .flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef))
    .filter((secret) => secret && !secret.optional && !made.includes(secret.name))
    .map((secret) => `${nameOf(pods.owner)}: nothing makes the Secret ${secret?.name}`);
}

/**
 * A setting is read once, at the start: only another name of the ConfigMap brings a new one to the pods.
 * @param {Rendering} rendering
 */
export function settingsWithoutHash(rendering) {
  return rendering
    .pods()
    .flatMap(({ owner, spec }) =>
      (spec.volumes ?? []).map(({ configMap }) => ({ owner, configMap })),
    )
    .filter(({ configMap }) => configMap && !/-[a-z0-9]{10}$/.test(configMap.name))
    .map(({ owner, configMap }) => `${nameOf(owner)}: ConfigMap ${configMap?.name} has no hash`);
}

/** @param {Rendering} rendering */
export function wrongSettings(rendering) {
  return rendering.pods().flatMap((pods) => {
    const settings = settingsOf(rendering, pods);
    const server = pods.spec.containers.find(({ name }) => name === 'serve');
    if (!server || !settings) return [];
    const { port, metricsPort, drainMs = 0 } = settings;
    const wrong = [];
    const owner = nameOf(pods.owner);
    if (!hasPort(server, port)) wrong.push(`${owner}: the server listens on ${port}`);
    if (!hasPort(server, metricsPort)) wrong.push(`${owner}: the metrics are on ${metricsPort}`);
    const { terminationGracePeriodSeconds: grace = 30 } = pods.spec;
    const needed = (server.lifecycle?.preStop?.sleep?.seconds ?? 0) + drainMs / 1000 + FINISHING;
    if (grace < needed) wrong.push(`${owner}: needs ${needed} s to stop and is given ${grace}`);
    return wrong;
  });
}

/**
 * What the configuration that a pod mounts sets under "serve".
 * @param {Rendering} rendering
 * @param {Pods} pods
 * @returns {{ port: number; metricsPort: number; drainMs?: number } | null}
 */
function settingsOf(rendering, { spec }) {
  const name = spec.volumes?.find(({ configMap }) => configMap)?.configMap?.name ?? '';
  const text = rendering.find('ConfigMap', name)?.data?.['osusume.json'];
  return text === undefined ? null : (JSON.parse(text).serve ?? null);
}
