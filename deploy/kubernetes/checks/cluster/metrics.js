/**
 * The two APIs that the autoscaler reads, which a metrics server and a metrics adapter serve in a real cluster:
 * metrics.k8s.io/v1beta1 (processor time) and custom.metrics.k8s.io/v1beta2 (requests in flight). The figures are set
 * by the check; the protocol is the documented one, and the API server forwards to it as to any other.
 */
import { createServer } from 'node:https';
import { list } from './nodes.js';

/** @import { ControlPlane } from './control-plane.js' */

const RESOURCE = '/apis/metrics.k8s.io/v1beta1';
const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2';
const METRIC = 'osusume_http_requests_in_flight';

export class MetricsServer {
  /** of each pod */
  figures = { cpu: '50m', inFlight: '1' };
  /** paths that were asked for pods' figures */
  asked = new Set();
  #api;
  #server;

  /** @param {ControlPlane} plane */
  constructor({ api, tls: { key, certificate } }) {
    this.#api = api;
    this.#server = createServer({ key, cert: certificate }, async ({ url = '' }, response) => {
      const answer = await this.#answer(new URL(url, 'https://localhost'));
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { kind: 'Status', apiVersion: 'v1', code: 404 }));
    });
  }

  /** @returns {Promise<number>} port */
  listen() {
    return new Promise((listening) =>
      this.#server.listen(0, 'localhost', () => {
        const address = this.#server.address();
        listening(address && typeof address === 'object' ? address.port : 0);
      }),
    );
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** @param {URL} url */
  async #answer({ pathname, searchParams }) {
    if (pathname === RESOURCE)
      return resources('metrics.k8s.io/v1beta1', 'pods', 'PodMetrics', ['get', 'list']);
    if (pathname === CUSTOM)
      return resources('custom.metrics.k8s.io/v1beta2', `pods/${METRIC}`, 'MetricValueList', [
        'get',
      ]);
    // the API server writes the * of all pods as %2A
    const path = decodeURIComponent(pathname);
    const [, namespace, rest] = /\/namespaces\/([^/]+)\/pods(\/.*)?$/.exec(path) ?? [];
    if (namespace === undefined) return null;
    const pods = await this.#pods(namespace, searchParams.get('labelSelector') ?? '');
    if (pathname.startsWith(RESOURCE)) return this.#podMetrics(pods);
    if (pathname.startsWith(CUSTOM) && rest === `/*/${METRIC}`) return this.#metricValues(pods);
    return null;
  }

  /**
   * @param {string} namespace
   * @param {string} selector
   * @returns {Promise<Pod[]>}
   */
  async #pods(namespace, selector) {
    const query = `labelSelector=${encodeURIComponent(selector)}`;
    const { body } = await this.#api.get(`/api/v1/namespaces/${namespace}/pods?${query}`);
    return JSON.parse(body).items;
  }

  /** @param {readonly Pod[]} pods */
  #podMetrics(pods) {
    this.asked.add('cpu');
    const usage = { cpu: this.figures.cpu, memory: '200Mi' };
    return {
      kind: 'PodMetricsList',
      apiVersion: 'metrics.k8s.io/v1beta1',
      metadata: {},
      items: pods.map(({ metadata: { name, namespace, labels }, spec }) => ({
        metadata: { name, namespace, labels },
        timestamp: now(),
        window: '15s',
        containers: spec.containers.map((container) => ({ name: container.name, usage })),
      })),
    };
  }

  /** @param {readonly Pod[]} pods */
  #metricValues(pods) {
    this.asked.add(METRIC);
    return {
      kind: 'MetricValueList',
      apiVersion: 'custom.metrics.k8s.io/v1beta2',
      metadata: {},
      items: pods.map(({ metadata: { name, namespace } }) => ({
        describedObject: { kind: 'Pod', apiVersion: 'v1', namespace, name },
        metric: { name: METRIC, selector: null },
        timestamp: now(),
        value: this.figures.inFlight,
      })),
    };
  }
}

/**
 * @typedef {object} Pod
 * @property {{ name: string; namespace: string; labels: Record<string, string> }} metadata
 * @property {{ containers: { name: string }[] }} spec
 */

/** RFC 3339 without milliseconds, as Kubernetes writes times */
const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * @param {string} groupVersion
 * @param {string} name
 * @param {string} kind
 * @param {readonly string[]} verbs
 */
function resources(groupVersion, name, kind, verbs) {
  const resource = { name, singularName: '', namespaced: true, kind, verbs };
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: [resource] };
}

/**
 * Registers both with the API server, behind a Service that leads to this machine.
 * @param {number} port
 */
export function registration(port) {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'metrics', namespace: 'kube-system' },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
  };
  const objects = [
    service,
    ...[
      ['metrics.k8s.io', 'v1beta1'],
      ['custom.metrics.k8s.io', 'v1beta2'],
    ].map(([group, version]) => ({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { name: 'metrics', namespace: 'kube-system', port },
      },
    })),
  ];
  return list(objects);
}
