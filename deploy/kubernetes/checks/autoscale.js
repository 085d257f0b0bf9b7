/** The autoscaler reads both of its metrics, follows them, and a deployment does not undo what it did. */
import { claims, expect } from './claims.js';
import { APPLY } from './cluster/kubectl.js';
import { until } from './cluster/processes.js';

/** @import { Stage } from './claims.js' */

/** @param {Stage} stage */
export async function autoscale(stage) {
  await claims('The autoscaler reads processor time and requests in flight', () => read(stage));
  await claims('More requests in flight than the target bring more pods', () =>
    scaled(stage, { cpu: '50m', inFlight: '32' }, 6),
  );
  await claims('More processor time than the target brings more pods', () =>
    scaled(stage, { cpu: '500m', inFlight: '1' }, 9),
  );
  await claims('A deployment of another image keeps the number of pods', () => kept(stage));
}

/**
 * @typedef {object} Status
 * @property {{ type: string; resource?: { current: { averageUtilization: number } }; pods?: { current: { averageValue: string } } }[]} [currentMetrics]
 * @property {{ type: string; status: string; message: string }[]} [conditions]
 * @property {number} desiredReplicas
 */

/**
 * @param {Stage} stage
 * @returns {Promise<Status>}
 */
async function statusOf({ plane: { kubectl }, production: { namespace } }) {
  const get = ['-n', namespace, 'get', 'hpa', 'osusume-serve', '-o', 'json'];
  return JSON.parse(await kubectl.do(get)).status;
}

/** @param {Stage} stage */
async function read(stage) {
  let cpu = Number.NaN;
  let inFlight = '';
  await until('the figures of both metrics', async () => {
    const { currentMetrics = [] } = await statusOf(stage);
    cpu =
      currentMetrics.find(({ resource }) => resource)?.resource?.current.averageUtilization ?? cpu;
    inFlight = currentMetrics.find(({ pods }) => pods)?.pods?.current.averageValue ?? inFlight;
    return cpu > 0 && inFlight !== '';
  });
  const { conditions = [] } = await statusOf(stage);
  const active = conditions.find(({ type }) => type === 'ScalingActive');
  expect(active?.status === 'True', active?.message ?? 'It is not active');
  // 50m of the 500m that a pod requests
  expect(cpu === 10 && inFlight === '1', `It read ${cpu} % and ${inFlight}`);
  return `ScalingActive; processor ${cpu} % of 70 %, in flight ${inFlight} of 16 a pod`;
}

/**
 * @param {Stage} stage
 * @param {{ cpu: string; inFlight: string }} figures of each pod
 * @param {number} least pods that it has to ask for
 */
async function scaled(stage, figures, least) {
  const { metrics, plane, production } = stage;
  const before = (await statusOf(stage)).desiredReplicas;
  metrics.figures = figures;
  try {
    await until(
      `${least} pods or more`,
      async () => (await statusOf(stage)).desiredReplicas >= least,
    );
  } finally {
    metrics.figures = { cpu: '50m', inFlight: '1' };
  }
  const { desiredReplicas } = await statusOf(stage);
  const rollout = ['rollout', 'status', 'deployment/osusume-serve', '--timeout', '120s'];
  await plane.kubectl.do(['-n', production.namespace, ...rollout]);
  return `from ${before} to ${desiredReplicas} pods, all available`;
}

/** @param {Stage} stage */
async function kept(stage) {
  const { kubectl } = stage.plane;
  const { namespace, text } = stage.production;
  const path = 'jsonpath={.spec.replicas}';
  const get = ['-n', namespace, 'get', 'deployment', 'osusume-serve', '-o', path];
  const before = await kubectl.do(get);
  const image = text.replaceAll(/sha256:0{64}/g, `sha256:${'2'.repeat(64)}`);
  // "rollout undo" was the last to set the image
  await kubectl.do([...APPLY, '--force-conflicts', '-f', '-'], image);
  const after = await kubectl.do(get);
  expect(Number(after) >= Number(before), `${before} pods became ${after}`);
  return `${after} pods before and after it`;
}
