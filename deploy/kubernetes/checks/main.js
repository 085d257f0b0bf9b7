/** Shows on a real control plane what docs/kubernetes.md says. Run by ../verify. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disagreements } from './agreement/disagreements.js';
import { applyOverlays } from './apply.js';
import { autoscale } from './autoscale.js';
import { claims, expect } from './claims.js';
import { startControlPlane } from './cluster/control-plane.js';
import { Kubectl } from './cluster/kubectl.js';
import { MetricsServer, registration } from './cluster/metrics.js';
import { surroundings } from './cluster/nodes.js';
import { disrupt } from './disruption.js';
import { rollOut } from './rollout.js';

/** @import { Overlay } from './claims.js' */
/** @import { ControlPlane } from './cluster/control-plane.js' */

/** Its image is loaded into the cluster by its tag. */
const WITHOUT_DIGESTS = ['local'];

const [tools] = process.argv.slice(2);
const OVERLAYS = fileURLToPath(new URL('../overlays', import.meta.url));

const overlays = await rendered();
await claims('Names, ports and selectors agree', () => agreed(overlays));
const folder = await mkdtemp(join(tmpdir(), 'osusume-kubernetes-'));
let plane = /** @type {ControlPlane | null} */ (null);
let metrics = /** @type {MetricsServer | null} */ (null);
const stop = async () => {
  metrics?.close();
  await plane?.stop();
  await rm(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stop().finally(() => process.exit(130)));
try {
  await claims('A control plane of Kubernetes runs', async () => {
    plane = await startControlPlane(tools, folder);
    metrics = new MetricsServer(plane);
    return prepared(plane, metrics);
  });
  expect(plane !== null && metrics !== null, 'It did not start');
  const production = overlays.find(({ name }) => name === 'production');
  expect(production !== undefined, 'There is no overlay named production');
  const stage = { plane, metrics, overlays, production };
  await applyOverlays(stage);
  await rollOut(stage);
  await disrupt(stage);
  await autoscale(stage);
  console.log('Everything is as docs/kubernetes.md says.');
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stop();
}

/** @returns {Promise<Overlay[]>} */
async function rendered() {
  const kubectl = new Kubectl(join(tools, 'kubectl'));
  const names = (await readdir(OVERLAYS)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      namespace: `osusume-${name}`,
      ...(await kubectl.render(join(OVERLAYS, name))),
    })),
  );
}

/** @param {readonly Overlay[]} overlays */
function agreed(overlays) {
  const wrong = overlays.flatMap(({ name, objects }) =>
    disagreements(objects, { digests: !WITHOUT_DIGESTS.includes(name) }).map(
      (line) => `${name}: ${line}`,
    ),
  );
  expect(wrong.length === 0, wrong.join('\n'));
  const sizes = overlays.map(({ name, objects }) => `${name} ${objects.length}`);
  return `objects: ${sizes.join(', ')}`;
}

/**
 * Nodes, kinds of others, and the APIs of metrics.
 * @param {ControlPlane} plane
 * @param {MetricsServer} metrics
 */
async function prepared({ kubectl }, metrics) {
  await kubectl.do(['apply', '--server-side', '-f', join(tools, 'kubernetes/kinds')]);
  await kubectl.apply(surroundings());
  await kubectl.apply(registration(await metrics.listen()));
  const timeout = ['--timeout', '60s'];
  await kubectl.do(['wait', '--for=condition=Established', 'crd', '--all', ...timeout]);
  await kubectl.do(['wait', '--for=condition=Ready', 'node', '--all', ...timeout]);
  await kubectl.do(['wait', '--for=condition=Available', 'apiservice', '--all', ...timeout]);
  const { serverVersion } = JSON.parse(await kubectl.do(['version', '-o', 'json']));
  return `${serverVersion.gitVersion}, 6 nodes in 3 zones`;
}
