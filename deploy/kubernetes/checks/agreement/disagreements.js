/**
 * Names, ports and selectors of what an overlay renders to agree with one another. The API server accepts a Service
 * whose port no pod has, and a budget that counts no pods: nothing but a look at all of them together finds that.
 */
import { imagesWithoutDigest, twice, wrongNames } from './names.js';
import {
  deploymentsWithoutBudget,
  missingTargets,
  selectorsWithoutPods,
  wrongNetworkPolicies,
} from './policies.js';
import { Rendering } from './rendering.js';
import { meshToNowhere, routesToNowhere, servicesWithoutPods } from './traffic.js';
import {
  missingReferences,
  probesWithoutPort,
  settingsWithoutHash,
  wrongSelectors,
  wrongSettings,
} from './workloads.js';

/** @import { KubernetesObject } from '../objects.ts' */

const RULES = [
  wrongNames,
  twice,
  wrongSelectors,
  probesWithoutPort,
  missingReferences,
  settingsWithoutHash,
  wrongSettings,
  servicesWithoutPods,
  routesToNowhere,
  meshToNowhere,
  missingTargets,
  selectorsWithoutPods,
  deploymentsWithoutBudget,
  wrongNetworkPolicies,
];

/**
 * @param {readonly KubernetesObject[]} objects of one overlay
 * @param {{ readonly digests: boolean }} options whether images have to be named by their digest
 * @returns {string[]} what is wrong, a line each
 */
export function disagreements(objects, { digests }) {
  const rendering = new Rendering(objects);
  const rules = digests ? [...RULES, imagesWithoutDigest] : RULES;
  return [...rules.flatMap((rule) => rule(rendering)), ...otherNamespaces(objects)];
}

/** @param {readonly KubernetesObject[]} objects */
function otherNamespaces(objects) {
  const [namespace] = objects.filter(({ kind }) => kind === 'Namespace');
  const { name, labels = {} } = namespace?.metadata ?? { name: '' };
  const restricted = labels['pod-security.kubernetes.io/enforce'] === 'restricted';
  return [
    ...(restricted ? [] : [`The namespace "${name}" does not enforce restricted pods`]),
    ...objects
      .filter((object) => object !== namespace && object.metadata.namespace !== name)
      .map(({ kind, metadata }) => `${kind} ${metadata.name} is not in the namespace ${name}`),
  ];
}
