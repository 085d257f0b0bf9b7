/** A small deployment in which everything agrees, and changes of it. */
import type { KubernetesObject } from '../../../../deploy/kubernetes/checks/objects.ts';

const LABELS = { 'app.kubernetes.io/name': 'osusume', track: 'stable' };
const IMAGE = `registry.example/osusume-serve@sha256:${'a'.repeat(64)}`;

function object(apiVersion: string, kind: string, name: string, spec?: unknown): KubernetesObject {
  const metadata = kind === 'Namespace' ? { name } : { name, namespace: 'osusume' };
  return { apiVersion, kind, metadata, spec };
}

const PROBE = { httpGet: { path: '/readyz', port: 'http' } };

const POD = {
  serviceAccountName: 'osusume-serve',
  terminationGracePeriodSeconds: 40,
  topologySpreadConstraints: [{ labelSelector: { matchLabels: LABELS } }],
  containers: [
    {
      name: 'serve',
      image: IMAGE,
      ports: [
        { name: 'http', containerPort: 8080 },
        { name: 'metrics', containerPort: 9464 },
      ],
      env: [{ valueFrom: { secretKeyRef: { name: 'keys', key: 'admin', optional: false } } }],
      startupProbe: PROBE,
      livenessProbe: PROBE,
      readinessProbe: PROBE,
      lifecycle: { preStop: { sleep: { seconds: 10 } } },
      resources: { requests: { cpu: '500m' } },
      volumeMounts: [{ name: 'config' }],
    },
  ],
  volumes: [{ name: 'config', configMap: { name: 'osusume-serve-abcdef0123' } }],
};

const SETTINGS = { serve: { port: 8080, metricsPort: 9464, drainMs: 5000 } };

export function agreeing(): KubernetesObject[] {
  const target = { kind: 'Deployment', name: 'osusume-serve' };
  const serve = { matchLabels: { 'app.kubernetes.io/name': 'osusume' } };
  const port = (number: number) => [{ ports: [{ port: number }] }];
  return structuredClone([
    {
      ...object('v1', 'Namespace', 'osusume'),
      metadata: { name: 'osusume', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
    object('v1', 'ServiceAccount', 'osusume-serve'),
    {
      ...object('v1', 'ConfigMap', 'osusume-serve-abcdef0123'),
      data: { 'osusume.json': JSON.stringify(SETTINGS) },
    },
    object('apps/v1', 'Deployment', 'osusume-serve', {
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: POD },
    }),
    object('v1', 'Service', 'osusume-serve', {
      selector: serve.matchLabels,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'osusume-serve', {
      scaleTargetRef: target,
      metrics: [{ resource: { name: 'cpu' } }],
    }),
    object('policy/v1', 'PodDisruptionBudget', 'osusume-serve', { selector: serve }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    }),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'allow', {
      podSelector: serve,
      ingress: [...port(8080), ...port(9464)],
      egress: [...port(53), ...port(443)],
    }),
    object('external-secrets.io/v1', 'ExternalSecret', 'keys', { target: { name: 'keys' } }),
    object('gateway.networking.k8s.io/v1', 'Gateway', 'osusume', {
      listeners: [{ name: 'https' }],
    }),
    object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'osusume', {
      parentRefs: [{ name: 'osusume', sectionName: 'https' }],
      rules: [{ backendRefs: [{ name: 'osusume-serve', port: 80 }] }],
    }),
    object('networking.gke.io/v1', 'HealthCheckPolicy', 'osusume-serve', {
      targetRef: { kind: 'Service', name: 'osusume-serve' },
    }),
    object('monitoring.googleapis.com/v1', 'PodMonitoring', 'osusume-serve', {
      selector: serve,
      endpoints: [{ port: 'metrics' }],
    }),
    object('networking.istio.io/v1', 'Gateway', 'mesh', { servers: [] }),
    object('networking.istio.io/v1', 'VirtualService', 'osusume-serve', {
      gateways: ['mesh'],
      http: [
        {
          route: [
            {
              destination: { host: 'osusume-serve', subset: 'stable', port: { number: 80 } },
              weight: 100,
            },
          ],
        },
      ],
    }),
    object('networking.istio.io/v1', 'DestinationRule', 'osusume-serve', {
      host: 'osusume-serve',
      subsets: [{ name: 'stable', labels: { track: 'stable' } }],
    }),
  ]);
}

/**
 * The same with another value at one place; undefined = without it.
 * @param of the first object of this kind and name
 * @param path keys and indices, separated by dots; "~" in a key stands for a dot
 */
export function changed(of: string, path: string, value: unknown): KubernetesObject[] {
  const objects = agreeing();
  const [kind, name] = of.split(' ');
  const found = objects.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`There is no ${of}`);
  const keys = path.split('.').map((key) => key.replaceAll('~', '.'));
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)[key],
    found,
  ) as Record<string, unknown>;
  if (!(last in parent) && value === undefined) throw new Error(`${of} has no ${path}`);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return objects;
}
