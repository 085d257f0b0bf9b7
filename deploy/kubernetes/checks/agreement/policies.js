/** Budgets, autoscalers, monitors and network policies: what they name is there, and what the server needs is open. */
import { hasPort, nameOf, selects, specOf } from './rendering.js';

/** @import { NetworkPolicySpec, SelectingSpec, TargetingSpec } from '../objects.ts' */
/** @import { Pods, Rendering } from './rendering.js' */

/** @param {Rendering} rendering */
export function missingTargets(rendering) {
  return rendering.objects.flatMap((object) => {
    const {
      scaleTargetRef,
      targetRef,
      metrics = [],
    } = /** @type {TargetingSpec} */ (object.spec ?? {});
    const target = scaleTargetRef ?? targetRef;
    if (!target) return [];
    const found = rendering.find(target.kind ?? 'Service', target.name);
    if (!found) return [`${nameOf(object)}: no ${target.kind} ${target.name}`];
    const pods = rendering.pods().find(({ owner }) => owner === found);
    return metrics
      .flatMap(({ resource }) => (resource ? [resource.name] : []))
      .filter((name) => pods?.spec.containers.some((c) => !c.resources?.requests?.[name]))
      .map((name) => `${nameOf(object)}: ${nameOf(found)} requests no ${name} to be measured by`);
  });
}

/** @param {Rendering} rendering */
export function selectorsWithoutPods(rendering) {
  return ['PodDisruptionBudget', 'PodMonitoring', 'PeerAuthentication'].flatMap((kind) =>
    rendering.all(kind).flatMap((object) => {
      const { selector, endpoints = [] } = /** @type {SelectingSpec} */ (specOf(object));
      const pods = rendering.podsSelectedBy(selector);
      if (pods.length === 0) return [`${nameOf(object)} selects no pods`];
      return endpoints
        .filter(({ port }) => !pods.every((each) => portIn(each, port)))
        .map(({ port }) => `${nameOf(object)}: not all of its pods have a port ${port}`);
    }),
  );
}

/** @param {Rendering} rendering */
export function deploymentsWithoutBudget(rendering) {
  const budgets = rendering
    .all('PodDisruptionBudget')
    .map((object) => /** @type {SelectingSpec} */ (specOf(object)).selector);
  return rendering
    .pods()
    .filter(
      ({ owner, labels }) =>
        owner.kind === 'Deployment' && !budgets.some((selector) => selects(selector, labels)),
    )
    .map(({ owner }) => `${nameOf(owner)} has no disruption budget`);
}

/** @param {Rendering} rendering */
export function wrongNetworkPolicies(rendering) {
  const policies = rendering.all('NetworkPolicy').map((object) => ({
    name: nameOf(object),
    spec: /** @type {NetworkPolicySpec} */ (specOf(object)),
  }));
  const wrong = [];
  for (const { name, spec } of policies) {
    const pods = rendering.podsSelectedBy(spec.podSelector);
    if (pods.length === 0) wrong.push(`${name} selects no pods`);
    for (const port of portsOf(spec.ingress))
      if (!pods.some((each) => portIn(each, port)))
        wrong.push(`${name} opens port ${port}, which its pods do not have`);
  }
  const denies = policies.some(
    ({ spec }) =>
      Object.keys(spec.podSelector).length === 0 &&
      spec.policyTypes?.includes('Ingress') &&
      spec.policyTypes?.includes('Egress') &&
      !spec.ingress &&
      !spec.egress,
  );
  if (!denies) wrong.push('No network policy denies everything that is not allowed');
  return [...wrong, ...rendering.pods().flatMap((pods) => closedPorts(pods, policies))];
}

/**
 * Ports of a pod that nobody may reach, and what every pod has to reach.
 * @param {Pods} pods
 * @param {readonly { readonly spec: NetworkPolicySpec }[]} policies
 */
function closedPorts(pods, policies) {
  const own = policies.filter(({ spec }) => selects(spec.podSelector, pods.labels));
  const open = own.flatMap(({ spec }) => portsOf(spec.ingress));
  const out = own.flatMap(({ spec }) => portsOf(spec.egress));
  const ports = pods.spec.containers.flatMap((container) => container.ports ?? []);
  return [
    ...ports
      .filter(({ containerPort }) => !open.includes(containerPort))
      .map(({ containerPort }) => `${nameOf(pods.owner)}: nobody may reach ${containerPort}`),
    ...[53, 443]
      .filter((port) => !out.includes(port))
      .map((port) => `${nameOf(pods.owner)} may not reach port ${port} of others`),
  ];
}

/** @param {NetworkPolicySpec['ingress']} rules */
function portsOf(rules = []) {
  return rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
}

/**
 * @param {Pods} pods
 * @param {string | number} port
 */
function portIn({ spec }, port) {
  return spec.containers.some((container) => hasPort(container, port));
}
