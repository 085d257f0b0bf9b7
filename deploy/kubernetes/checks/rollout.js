/** Rollouts: no pod is missing at any moment; one with a broken image stalls, and undo brings back what was there. */

import { available } from './apply.js';
import { claims, expect } from './claims.js';
import { until } from './cluster/processes.js';
import { RolloutWatch } from './cluster/rollout-watch.js';
import { BROKEN_DIGEST } from './cluster/stages.js';

/** @import { Stage } from './claims.js' */

const NAME = 'osusume-serve';
const DEPLOYMENT = `deployment/${NAME}`;
const NEW_DIGEST = `sha256:${'1'.repeat(64)}`;
const ZEROS = /sha256:0{64}/g;

/** @param {Stage} stage */
export async function rollOut(stage) {
  await claims('A rollout replaces every pod, and none is missing at any moment', () =>
    replaced(stage),
  );
  await claims('A rollout with a broken image stalls, and the servers that run stay', () =>
    stalled(stage),
  );
  await claims('kubectl rollout undo restores what was there', () => undone(stage));
}

/** @param {Stage} stage */
async function replaced(stage) {
  const before = await podNames(stage);
  const text = stage.production.text.replaceAll(ZEROS, NEW_DIGEST);
  const seen = await watched(stage, () => stage.plane.kubectl.apply(text));
  const after = await podNames(stage);
  const kept = before.filter((name) => after.includes(name));
  expect(kept.length === 0, `${kept.join(', ')} run as before`);
  return `${before.length} pods replaced; ${seen}`;
}

/** @param {Stage} stage */
async function stalled(stage) {
  const { plane, production } = stage;
  const { kubectl } = plane;
  const before = await podNames(stage);
  // A rollout is given up after 15 s instead of 10 minutes.
  const text = production.text
    .replaceAll(ZEROS, BROKEN_DIGEST)
    .replace(/progressDeadlineSeconds: \d+/, 'progressDeadlineSeconds: 15');
  const watch = new RolloutWatch(kubectl, production.namespace, NAME);
  try {
    await kubectl.apply(text);
    const { code, problem } = await kubectl.try(status(production.namespace));
    expect(code !== 0, 'The rollout of a broken image ended well');
    expect(/exceeded its progress deadline/.test(problem), problem);
    const after = await podNames(stage);
    const missing = before.filter((name) => !after.includes(name));
    expect(missing.length === 0, `${missing.join(', ')} are gone`);
    return `kubectl rollout status ends with ${code} (exceeded its progress deadline); ${counted(watch)}`;
  } finally {
    watch.stop();
  }
}

/** @param {Stage} stage */
async function undone(stage) {
  const { plane, production } = stage;
  const { kubectl } = plane;
  const undo = ['-n', production.namespace, 'rollout', 'undo', DEPLOYMENT];
  const seen = await watched(stage, () => kubectl.do(undo));
  const path = 'jsonpath={.spec.template.spec.containers[0].image}';
  const get = ['-n', production.namespace, 'get', DEPLOYMENT, '-o', path];
  const image = await kubectl.do(get);
  expect(image.endsWith(NEW_DIGEST), `The image is ${image}`);
  // as before it: 10 minutes until a rollout is given up
  await kubectl.apply(production.text.replaceAll(ZEROS, NEW_DIGEST));
  return `the image is the one before; ${seen}`;
}

/**
 * Does something, waits until the rollout has ended, and says how many pods served meanwhile.
 * @param {Stage} stage
 * @param {() => Promise<unknown>} work
 */
async function watched({ plane: { kubectl }, production: { namespace } }, work) {
  const watch = new RolloutWatch(kubectl, namespace, NAME);
  try {
    await until('the watch has begun', async () => watch.reports >= 2);
    await work();
    await kubectl.do(status(namespace));
    await until('3 available pods', async () => (await available(kubectl, namespace)) === 3);
    return counted(watch);
  } finally {
    watch.stop();
  }
}

/** @param {RolloutWatch} watch */
function counted({ fewestAvailable, fewestReady, reports }) {
  const seen = `${fewestAvailable} pods available and ${fewestReady} addresses ready in ${reports} reports`;
  expect(fewestAvailable >= 3 && fewestReady >= 3, `At times only ${seen}`);
  return `never fewer than ${seen}`;
}

/** @param {string} namespace */
function status(namespace) {
  return ['-n', namespace, 'rollout', 'status', DEPLOYMENT, '--timeout', '120s'];
}

/** @param {Stage} stage */
async function podNames({ plane: { kubectl }, production: { namespace } }) {
  const selected = ['-l', 'track=stable', '--field-selector', 'status.phase=Running'];
  const names = await kubectl.do([
    ...['-n', namespace, 'get', 'pods', ...selected],
    ...['-o', 'jsonpath={.items[*].metadata.name}'],
  ]);
  return names.split(' ');
}
