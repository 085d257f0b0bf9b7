/** The disruption budget: one pod may be taken away, a second one only when the first has been replaced. */
import { available } from './apply.js';
import { claims, expect } from './claims.js';
import { until } from './cluster/processes.js';

/** @import { Stage } from './claims.js' */

/** @param {Stage} stage */
export async function disrupt(stage) {
  await claims('An eviction beyond the budget is refused', () => refused(stage));
}

/** @param {Stage} stage */
async function refused({ plane: { api, kubectl }, production: { namespace } }) {
  const pods = await kubectl.do([
    ...['-n', namespace, 'get', 'pods', '-l', 'track=stable'],
    ...['-o', 'jsonpath={.items[*].metadata.name}'],
  ]);
  const [first, second] = pods.split(' ');
  const evict = (/** @type {string} */ name) =>
    api.post(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
    });
  const nodes = ['-l', 'kubernetes.io/hostname'];
  await budget(kubectl, namespace, '1');
  // As when nodes are drained: what is evicted finds no place yet.
  await kubectl.do(['cordon', ...nodes]);
  try {
    const one = await evict(first);
    expect(one.status === 201, `The first eviction was answered ${one.status}: ${one.body}`);
    await budget(kubectl, namespace, '0');
    const two = await evict(second);
    expect(two.status === 429, `The second eviction was answered ${two.status}: ${two.body}`);
    expect(two.body.includes('disruption budget'), two.body);
    const left = await available(kubectl, namespace);
    expect(left === 2, `${left} pods are left`);
  } finally {
    await kubectl.do(['uncordon', ...nodes]);
  }
  await until('3 available pods', async () => (await available(kubectl, namespace)) === 3);
  await budget(kubectl, namespace, '1');
  const again = await evict(second);
  expect(again.status === 201, `After the replacement: ${again.status} ${again.body}`);
  await until('3 available pods', async () => (await available(kubectl, namespace)) === 3);
  return 'the first is answered 201, the second 429, and 201 when the first pod has been replaced';
}

/**
 * Waits until the budget allows so many evictions.
 * @param {import('./cluster/kubectl.js').Kubectl} kubectl
 * @param {string} namespace
 * @param {string} allowed
 */
async function budget(kubectl, namespace, allowed) {
  const path = 'jsonpath={.status.disruptionsAllowed}';
  const get = ['-n', namespace, 'get', 'pdb', 'osusume-serve', '-o', path];
  await until(`a budget of ${allowed}`, async () => (await kubectl.do(get)) === allowed);
}
