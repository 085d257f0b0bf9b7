/** From the gateway to the pods: each route has a gateway and a Service, each Service has pods that have its port. */
import { hasPort, nameOf, specOf } from './rendering.js';

/** @import { Destination, DestinationRuleSpec, GatewaySpec, KubernetesObject, RouteSpec, ServiceSpec, VirtualServiceSpec } from '../objects.ts' */
/** @import { Rendering } from './rendering.js' */

/** @param {Rendering} rendering */
export function servicesWithoutPods(rendering) {
  return rendering.all('Service').flatMap((service) => {
    const { selector, ports } = /** @type {ServiceSpec} */ (specOf(service));
    const pods = rendering.podsSelectedBy({ matchLabels: selector });
    if (pods.length === 0) return [`${nameOf(service)} selects no pods`];
    return pods.flatMap(({ owner, spec }) =>
      ports
        .map(({ port, targetPort = port }) => targetPort)
        .filter((target) => !spec.containers.some((container) => hasPort(container, target)))
        .map((target) => `${nameOf(service)}: port ${target} is not one of ${nameOf(owner)}`),
    );
  });
}

/** @param {Rendering} rendering */
export function routesToNowhere(rendering) {
  return rendering.all('HTTPRoute').flatMap((route) => {
    const { parentRefs, rules } = /** @type {RouteSpec} */ (specOf(route));
    const wrong = [];
    for (const { name, sectionName } of parentRefs) {
      const gateway = rendering.all('Gateway', 'gateway.').find((g) => g.metadata.name === name);
      const { listeners } = gateway
        ? /** @type {GatewaySpec} */ (specOf(gateway))
        : { listeners: [] };
      if (sectionName === undefined ? !gateway : !listeners.some((l) => l.name === sectionName))
        wrong.push(`${nameOf(route)}: no listener ${sectionName} of a Gateway ${name}`);
    }
    for (const { name, port } of rules.flatMap(({ backendRefs = [] }) => backendRefs))
      if (!hasService(rendering, name, port))
        wrong.push(`${nameOf(route)}: no Service ${name} with port ${port}`);
    return wrong;
  });
}

/** @param {Rendering} rendering */
export function meshToNowhere(rendering) {
  const rules = rendering.all('DestinationRule');
  return [
    ...rules.flatMap((rule) => wrongSubsets(rendering, rule)),
    ...rendering.all('VirtualService').flatMap((object) => {
      const { gateways = [], http } = /** @type {VirtualServiceSpec} */ (specOf(object));
      const known = rendering.all('Gateway', 'networking.istio').map((g) => g.metadata.name);
      const routes = http.flatMap(({ route }) => route);
      return [
        ...gateways
          .filter((name) => !known.includes(name))
          .map((name) => `${nameOf(object)}: no Gateway ${name}`),
        ...routes.flatMap(({ destination }) => wrongDestination(rendering, object, destination)),
        ...http
          .filter(({ route }) => route.reduce((sum, { weight = 100 }) => sum + weight, 0) !== 100)
          .map(() => `${nameOf(object)}: the weights do not add up to 100`),
      ];
    }),
  ];
}

/**
 * @param {Rendering} rendering
 * @param {KubernetesObject} object
 * @param {Destination} destination
 */
function wrongDestination(rendering, object, { host, subset, port }) {
  if (!hasService(rendering, host, port?.number))
    return [`${nameOf(object)}: no Service ${host} with port ${port?.number}`];
  const subsets = rendering
    .all('DestinationRule')
    .map((rule) => /** @type {DestinationRuleSpec} */ (specOf(rule)))
    .filter((rule) => rule.host === host)
    .flatMap((rule) => (rule.subsets ?? []).map(({ name }) => name));
  return subset === undefined || subsets.includes(subset)
    ? []
    : [`${nameOf(object)}: no subset ${subset} of ${host}`];
}

/**
 * @param {Rendering} rendering
 * @param {KubernetesObject} rule
 */
function wrongSubsets(rendering, rule) {
  const { host, subsets = [] } = /** @type {DestinationRuleSpec} */ (specOf(rule));
  const service = rendering.find('Service', host);
  if (!service) return [`${nameOf(rule)}: no Service ${host}`];
  const { selector } = /** @type {ServiceSpec} */ (specOf(service));
  return subsets
    .filter(
      ({ labels }) =>
        rendering.podsSelectedBy({ matchLabels: { ...selector, ...labels } }).length === 0,
    )
    .map(({ name }) => `${nameOf(rule)}: subset ${name} has no pods`);
}

/**
 * @param {Rendering} rendering
 * @param {string} name
 * @param {number | undefined} port undefined = any
 */
function hasService(rendering, name, port) {
  const service = rendering.find('Service', name);
  if (!service) return false;
  const { ports } = /** @type {ServiceSpec} */ (specOf(service));
  return port === undefined || ports.some((each) => each.port === port);
}
