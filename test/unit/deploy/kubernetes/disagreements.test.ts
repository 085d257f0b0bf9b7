/** The static check of deploy/kubernetes/verify finds what the API server accepts and nobody can use. */
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../../../deploy/kubernetes/checks/agreement/disagreements.js';
import { agreeing, changed } from './objects.ts';

const DIGESTS = { digests: true };
const CONTAINER = 'spec.template.spec.containers.0';

/** object, place, value there, what is found */
const WRONG: readonly (readonly [string, string, unknown, RegExp])[] = [
  ['Service osusume-serve', 'spec.ports.0.targetPort', 8000, /port 8000 is not one of Deployment/],
  ['Service osusume-serve', 'spec.selector', { app: 'osusume' }, /Service .* selects no pods/],
  ['Service osusume-serve', 'metadata.name', 'osusume serve', /osusume serve: not a name/],
  ['Deployment osusume-serve', `${CONTAINER}.ports.0.name`, 'http port', /port "http port"/],
  ['Deployment osusume-serve', `${CONTAINER}.name`, 'the server', /container "the server"/],
  ['Deployment osusume-serve', `${CONTAINER}.image`, 'osusume-serve:latest', /not a digest/],
  ['Deployment osusume-serve', `${CONTAINER}.livenessProbe.httpGet.port`, 'web', /port web/],
  ['Deployment osusume-serve', `${CONTAINER}.volumeMounts.0.name`, 'settings', /volume settings/],
  ['Deployment osusume-serve', `${CONTAINER}.resources`, { requests: {} }, /requests no cpu/],
  ['Deployment osusume-serve', 'spec.selector.matchLabels', { track: 'x' }, /its own pods/],
  [
    'Deployment osusume-serve',
    'spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels',
    { track: 'canary' },
    /spreads other pods/,
  ],
  [
    'Deployment osusume-serve',
    'spec.template.spec.terminationGracePeriodSeconds',
    20,
    /needs 25 s to stop and is given 20/,
  ],
  [
    'Deployment osusume-serve',
    'spec.template.spec.volumes.0.configMap.name',
    'osusume-serve',
    /no ConfigMap osusume-serve/,
  ],
  ['ServiceAccount osusume-serve', 'metadata.name', 'serve', /no ServiceAccount osusume-serve/],
  ['ExternalSecret keys', 'spec.target.name', 'other', /nothing makes the Secret keys/],
  [
    'ConfigMap osusume-serve-abcdef0123',
    'data.osusume~json',
    '{"serve":{"port":3000,"metricsPort":9464}}',
    /listens on 3000/,
  ],
  [
    'ConfigMap osusume-serve-abcdef0123',
    'data.osusume~json',
    '{"serve":{"port":8080,"metricsPort":9000}}',
    /metrics are on 9000/,
  ],
  ['HorizontalPodAutoscaler osusume-serve', 'spec.scaleTargetRef.name', 'web', /no Deployment web/],
  ['PodDisruptionBudget osusume-serve', 'spec.selector.matchLabels', { a: 'b' }, /has no disrupt/],
  ['HTTPRoute osusume', 'spec.rules.0.backendRefs.0.port', 8080, /no Service .* port 8080/],
  ['HTTPRoute osusume', 'spec.parentRefs.0.sectionName', 'tls', /no listener tls/],
  ['HealthCheckPolicy osusume-serve', 'spec.targetRef.name', 'web', /no Service web/],
  ['PodMonitoring osusume-serve', 'spec.endpoints.0.port', 'prometheus', /have a port prometheus/],
  ['VirtualService osusume-serve', 'spec.gateways.0', 'gone', /no Gateway gone/],
  ['VirtualService osusume-serve', 'spec.http.0.route.0.weight', 95, /do not add up to 100/],
  ['VirtualService osusume-serve', 'spec.http.0.route.0.destination.subset', 'b', /no subset b/],
  ['DestinationRule osusume-serve', 'spec.subsets.0.labels', { track: 'b' }, /stable has no pods/],
  ['DestinationRule osusume-serve', 'spec.host', 'web', /no Service web/],
  ['NetworkPolicy default-deny', 'spec.policyTypes', ['Ingress'], /denies everything/],
  ['NetworkPolicy allow', 'spec.ingress.0.ports.0.port', 80, /opens port 80/],
  ['NetworkPolicy allow', 'spec.ingress.0.ports.0.port', 80, /nobody may reach 8080/],
  ['NetworkPolicy allow', 'spec.egress.0.ports.0.port', 54, /may not reach port 53/],
  ['Namespace osusume', 'metadata.labels', {}, /does not enforce restricted/],
  ['Service osusume-serve', 'metadata.namespace', 'default', /not in the namespace osusume/],
];

describe('disagreements()', () => {
  it('finds nothing where everything agrees', () => {
    expect(disagreements(agreeing(), DIGESTS)).toEqual([]);
  });

  it.each(WRONG)('finds %s with another %s: %j', (of, path, value, message) => {
    expect(disagreements(changed(of, path, value), DIGESTS).join('\n')).toMatch(message);
  });

  it('finds a ConfigMap whose name has no hash', () => {
    const objects = JSON.parse(
      JSON.stringify(agreeing()).replaceAll('osusume-serve-abcdef0123', 'settings'),
    );
    expect(disagreements(objects, DIGESTS)).toEqual([
      'Deployment osusume-serve: ConfigMap settings has no hash',
    ]);
  });

  it('finds an object that is there twice', () => {
    const objects = agreeing();
    const service = objects.find(({ kind }) => kind === 'Service');
    expect(disagreements([...objects, ...(service ? [service] : [])], DIGESTS)).toEqual([
      'Service osusume-serve is there twice',
    ]);
  });

  it('finds a Deployment that selects the pods of another', () => {
    const canary = changed('Deployment osusume-serve', 'metadata.name', 'osusume-canary').find(
      ({ kind }) => kind === 'Deployment',
    );
    expect(disagreements([...agreeing(), ...(canary ? [canary] : [])], DIGESTS)).toContain(
      'Deployment osusume-serve selects pods of Deployment osusume-canary',
    );
  });

  it('takes tags where digests are not asked for', () => {
    const objects = changed('Deployment osusume-serve', `${CONTAINER}.image`, 'osusume:local');
    expect(disagreements(objects, { digests: false })).toEqual([]);
  });
});
