/** Every overlay applies: the server checks each field, admits the pods under the restricted standard, and spreads them. */
import { claims, expect } from './claims.js';
import { APPLY } from './cluster/kubectl.js';
import { OPEN_KINDS } from './cluster/nodes.js';
import { until } from './cluster/processes.js';

/** @import { Stage } from './claims.js' */

/** @param {Stage} stage */
export async function applyOverlays(stage) {
  await claims('Every overlay applies, and its pods become available', () => applied(stage));
  await claims('A second application changes nothing', () => unchanged(stage));
  await claims('A pod that asks for more than the restricted standard is refused', () =>
    refused(stage),
  );
  await claims('The pods of production stand in three zones', () => spread(stage));
  await claims('The training of production starts as a Job', () => trained(stage));
}

/** @param {Stage} stage */
async function applied({ plane: { kubectl }, overlays }) {
  for (const { text } of overlays) await kubectl.apply(text);
  // The autoscaler brings each Deployment to its least number of pods.
  for (const { namespace } of overlays)
    await until(
      `3 available pods in ${namespace}`,
      async () => (await available(kubectl, namespace)) >= 3,
    );
  const kinds = new Set(overlays.flatMap(({ objects }) => objects.map(({ kind }) => kind)));
  const unchecked = OPEN_KINDS.map(([, kind]) => kind).filter((kind) => kinds.has(kind));
  return `${overlays.map(({ name }) => name).join(', ')}: 3 pods each; taken without a schema: ${unchecked.join(', ')}`;
}

/**
 * @param {import('./cluster/kubectl.js').Kubectl} kubectl
 * @param {string} namespace
 */
export async function available(kubectl, namespace) {
  const path = 'jsonpath={.status.availableReplicas}';
  return Number(
    await kubectl.do(['-n', namespace, 'get', 'deployment', 'osusume-serve', '-o', path]),
  );
}

/** @param {Stage} stage */
async function unchanged({ plane: { kubectl }, overlays }) {
  for (const { name, text } of overlays) {
    const { code, output, problem } = await kubectl.try(['diff', '--server-side', '-f', '-'], text);
    expect(code === 0, `${name} would change:\n${output}${problem}`);
  }
  return `kubectl diff finds no difference in ${overlays.length} overlays`;
}

/** @param {Stage} stage */
async function refused({ plane: { kubectl }, overlays }) {
  const pod = (/** @type {string} */ namespace) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'root', namespace },
      spec: {
        containers: [{ name: 'root', image: 'root', securityContext: { runAsUser: 0 } }],
      },
    });
  for (const { namespace } of overlays) {
    const { code, problem } = await kubectl.try([...APPLY, '-f', '-'], pod(namespace));
    expect(code !== 0, `A privileged pod was admitted to ${namespace}`);
    expect(/violates PodSecurity "restricted:latest"/.test(problem), problem);
  }
  return `403, violates PodSecurity "restricted:latest", in ${overlays.length} namespaces`;
}

/** @param {Stage} stage */
async function spread({ plane: { kubectl }, production: { namespace } }) {
  const list = (/** @type {string} */ kind, /** @type {string[]} */ ...more) =>
    kubectl.do(['get', kind, ...more, '-o', 'json']).then((text) => JSON.parse(text).items);
  const nodes = await list('nodes');
  const pods = await list('pods', '-n', namespace, '-l', 'track=stable');
  const zones = new Set(
    pods.map(
      (/** @type {{ spec: { nodeName: string } }} */ { spec }) =>
        nodes.find(
          (/** @type {{ metadata: { name: string } }} */ node) =>
            node.metadata.name === spec.nodeName,
        ).metadata.labels['topology.kubernetes.io/zone'],
    ),
  );
  expect(zones.size === 3, `${pods.length} pods stand in ${[...zones].join(', ')}`);
  return `${pods.length} pods in ${[...zones].sort().join(', ')}`;
}

/** @param {Stage} stage */
async function trained({ plane: { kubectl }, production: { namespace } }) {
  await kubectl.do([
    ...['-n', namespace, 'create', 'job', 'train-now', '--from', 'cronjob/osusume-train'],
  ]);
  const condition = '--for=condition=Complete';
  await kubectl.do(['-n', namespace, 'wait', condition, 'job/train-now', '--timeout', '60s']);
  return 'its pod is admitted, gets its volume and runs to its end';
}
