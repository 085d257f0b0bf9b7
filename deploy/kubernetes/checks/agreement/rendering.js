/** What an overlay renders to, and questions about it that several rules ask. */

/** @import { Container, CronJobSpec, DeploymentSpec, KubernetesObject, Labels, LabelSelector, PodTemplate } from '../objects.ts' */

/**
 * A kind of pod, and who makes it.
 * @typedef {{ readonly owner: KubernetesObject; readonly labels: Labels; readonly spec: PodTemplate['spec'] }} Pods
 */

export class Rendering {
  /** @param {readonly KubernetesObject[]} objects */
  constructor(objects) {
    this.objects = objects;
  }

  /**
   * Objects of a kind.
   * @param {string} kind
   * @param {string} [group] of the API; "" = any
   */
  all(kind, group = '') {
    return this.objects.filter(
      (object) => object.kind === kind && object.apiVersion.startsWith(group),
    );
  }

  /**
   * @param {string} kind
   * @param {string} name
   */
  find(kind, name) {
    return this.objects.find((object) => object.kind === kind && object.metadata.name === name);
  }

  /** @returns {Pods[]} */
  pods() {
    return this.objects.flatMap((owner) => {
      const template = templateOf(owner);
      return template
        ? [{ owner, labels: template.metadata.labels ?? {}, spec: template.spec }]
        : [];
    });
  }

  /** @param {LabelSelector} selector */
  podsSelectedBy(selector) {
    return this.pods().filter(({ labels }) => selects(selector, labels));
  }
}

/**
 * The specification of an object, as the type that its kind has. The API server checks that it has that form.
 * @template T
 * @param {KubernetesObject} object
 */
export function specOf(object) {
  return /** @type {T} */ (object.spec);
}

/** @param {KubernetesObject} object */
export const nameOf = ({ kind, metadata }) => `${kind} ${metadata.name}`;

/** @param {Pods} pods */
export function containersOf({ spec }) {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/**
 * @param {Container} container
 * @param {string | number} port a name or a number
 */
export function hasPort({ ports = [] }, port) {
  return ports.some(({ name, containerPort }) => name === port || containerPort === port);
}

/**
 * @param {LabelSelector} selector {} selects everything
 * @param {Labels} labels
 */
export function selects({ matchLabels = {}, matchExpressions = [] }, labels) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels;
      if (operator === 'DoesNotExist') return !(key in labels);
      return values.includes(labels[key]) === (operator === 'In');
    })
  );
}

/**
 * @param {KubernetesObject} object
 * @returns {PodTemplate | null}
 */
function templateOf(object) {
  if (object.kind === 'Deployment') return /** @type {DeploymentSpec} */ (object.spec).template;
  if (object.kind === 'CronJob')
    return /** @type {CronJobSpec} */ (object.spec).jobTemplate.spec.template;
  return null;
}
