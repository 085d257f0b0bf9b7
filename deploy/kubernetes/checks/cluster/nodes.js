/** What a cluster on Google Cloud brings: nodes in three zones, volumes, and the kinds that its own controllers add. */

const NODES = 6;

/** @param {string} name */
const node = (name, /** @type {string} */ zone) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone },
  },
  status: { allocatable: SIZE, capacity: SIZE },
});

const SIZE = { cpu: '8', memory: '32Gi', pods: '32', 'ephemeral-storage': '100Gi' };

/** Volumes are bound by hand, as there is no storage to make them from. */
const STORAGE = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard-rwo',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'kubernetes.io/no-provisioner',
};

/** @param {number} index */
const volume = (index) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: `disk-${index}` },
  spec: {
    storageClassName: STORAGE.metadata.name,
    accessModes: ['ReadWriteOncePod'],
    capacity: { storage: '100Gi' },
    hostPath: { path: `/disks/${index}` },
  },
});

/** Kinds whose definition is in no registry: the API server takes any content for them. */
export const OPEN_KINDS = [
  ['networking.gke.io', 'HealthCheckPolicy', 'healthcheckpolicies'],
  ['networking.gke.io', 'GCPBackendPolicy', 'gcpbackendpolicies'],
  ['monitoring.googleapis.com', 'PodMonitoring', 'podmonitorings'],
];

/** @param {readonly string[]} names */
function openDefinition([group, kind, plural]) {
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

/** As JSON, for kubectl. */
export function surroundings() {
  const zone = (/** @type {number} */ index) => `zone-${'abc'[index % 3]}`;
  return list([
    ...Array.from({ length: NODES }, (_, index) => node(`node-${index}`, zone(index))),
    STORAGE,
    ...Array.from({ length: 3 }, (_, index) => volume(index)),
    ...OPEN_KINDS.map(openDefinition),
  ]);
}

/** @param {readonly unknown[]} items */
export function list(items) {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
