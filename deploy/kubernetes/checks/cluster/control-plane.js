/**
 * A real control plane in a temporary folder: etcd, API server, controller manager, scheduler, and kwok in place of the
 * kubelets. Pods get addresses and become ready; no container runs.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubernetesApi } from './api.js';
import { Kubectl } from './kubectl.js';
import { freePorts, Processes } from './processes.js';
import { stages } from './stages.js';

/**
 * @typedef {object} ControlPlane
 * @property {KubernetesApi} api
 * @property {Kubectl} kubectl
 * @property {{ readonly key: Buffer; readonly certificate: Buffer }} tls of localhost
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} tools folder of the programs
 * @param {string} folder temporary, for everything they write
 * @returns {Promise<ControlPlane>}
 */
export async function startControlPlane(tools, folder) {
  const processes = new Processes(folder);
  const program = (/** @type {string} */ name) => join(tools, name);
  const [etcd, peers, port, kwok] = await freePorts(4);
  const etcdUrl = `http://127.0.0.1:${etcd}`;
  const server = `https://127.0.0.1:${port}`;
  const certificates = join(folder, 'certificates');
  const { token, kubeconfig } = await writeCredentials(folder, server, certificates);
  const stop = () => processes.stop();
  try {
    processes.start(program('etcd'), etcdOptions(folder, etcdUrl, `http://127.0.0.1:${peers}`));
    await processes.until(
      'etcd answers',
      async () => (await statusOf(`${etcdUrl}/health`)) === 200,
    );
    processes.start(program('kube-apiserver'), apiOptions(folder, { etcdUrl, port, certificates }));
    const certificate = join(certificates, 'apiserver.crt');
    await processes.until('the API server is ready', async () => {
      const ca = await readFile(certificate).catch(() => null);
      if (ca === null) return false;
      return (await new KubernetesApi({ port, token, ca }).get('/readyz')).status === 200;
    });
    processes.start(program('kube-controller-manager'), [
      ...['--kubeconfig', kubeconfig, '--leader-elect=false', '--secure-port=0'],
      ...['--service-account-private-key-file', join(folder, 'accounts.key')],
      ...['--root-ca-file', certificate],
      // the autoscaler looks more often than every 15 s, and takes a new pod's figures as they are
      ...['--horizontal-pod-autoscaler-sync-period=2s'],
      ...['--horizontal-pod-autoscaler-cpu-initialization-period=0s'],
      ...['--horizontal-pod-autoscaler-initial-readiness-delay=0s'],
    ]);
    processes.start(program('kube-scheduler'), [
      ...['--kubeconfig', kubeconfig, '--leader-elect=false', '--secure-port=0'],
    ]);
    await writeFile(join(folder, 'stages.yaml'), await stages(join(tools, 'kubernetes/stages')));
    processes.start(program('kwok'), [
      ...['--kubeconfig', kubeconfig, '--config', join(folder, 'stages.yaml')],
      ...['--manage-all-nodes=true', '--server-address', `127.0.0.1:${kwok}`],
      ...['--cidr', '10.1.0.0/16'],
    ]);
    const tls = {
      key: await readFile(join(certificates, 'apiserver.key')),
      certificate: await readFile(certificate),
    };
    return {
      api: new KubernetesApi({ port, token, ca: tls.certificate }),
      kubectl: new Kubectl(program('kubectl'), kubeconfig),
      tls,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The key that signs tokens of service accounts, and an administrator with a token.
 * @param {string} folder
 * @param {string} server
 * @param {string} certificates folder in which the API server makes its own certificate
 */
async function writeCredentials(folder, server, certificates) {
  await mkdir(certificates);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const token = randomBytes(24).toString('hex');
  const kubeconfig = join(folder, 'kubeconfig.json');
  const secret = { mode: 0o600 };
  await writeFile(join(folder, 'accounts.key'), privateKey, secret);
  await writeFile(join(folder, 'accounts.pub'), publicKey, secret);
  await writeFile(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n`, secret);
  const cluster = { server, 'certificate-authority': join(certificates, 'apiserver.crt') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'verify',
    clusters: [{ name: 'verify', cluster }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'verify', context: { cluster: 'verify', user: 'admin' } }],
  };
  await writeFile(kubeconfig, JSON.stringify(config), secret);
  return { token, kubeconfig };
}

/**
 * @param {string} folder
 * @param {string} url of clients
 * @param {string} peerUrl
 */
function etcdOptions(folder, url, peerUrl) {
  return [
    ...['--data-dir', join(folder, 'etcd'), '--log-level', 'error', '--unsafe-no-fsync'],
    ...['--listen-client-urls', url, '--advertise-client-urls', url],
    ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster', `default=${peerUrl}`],
  ];
}

/**
 * @param {string} folder
 * @param {{ etcdUrl: string; port: number; certificates: string }} options
 */
function apiOptions(folder, { etcdUrl, port, certificates }) {
  return [
    ...['--etcd-servers', etcdUrl, '--secure-port', String(port), '--cert-dir', certificates],
    ...['--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1'],
    ...['--endpoint-reconciler-type', 'none', '--service-cluster-ip-range', '10.96.0.0/16'],
    ...['--authorization-mode', 'RBAC', '--token-auth-file', join(folder, 'tokens.csv')],
    ...['--service-account-issuer', 'https://kubernetes.default.svc'],
    ...['--service-account-key-file', join(folder, 'accounts.pub')],
    ...['--service-account-signing-key-file', join(folder, 'accounts.key')],
  ];
}

/** @param {string} url */
async function statusOf(url) {
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}
