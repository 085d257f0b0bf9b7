/** deploy/kubernetes/verify shows on a real control plane what docs/kubernetes.md says. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';

const IS_REQUIRED = process.env.OSUSUME_REQUIRE_DEPLOY === '1';

/** what docs/kubernetes.md promises, in the order in which it is shown */
const CLAIMS = [
  'Names, ports and selectors agree',
  'A control plane of Kubernetes runs',
  'Every overlay applies, and its pods become available',
  'A second application changes nothing',
  'A pod that asks for more than the restricted standard is refused',
  'The pods of production stand in three zones',
  'The training of production starts as a Job',
  'A rollout replaces every pod, and none is missing at any moment',
  'A rollout with a broken image stalls, and the servers that run stay',
  'kubectl rollout undo restores what was there',
  'An eviction beyond the budget is refused',
  'The autoscaler reads processor time and requests in flight',
  'More requests in flight than the target bring more pods',
  'More processor time than the target brings more pods',
  'A deployment of another image keeps the number of pods',
];

/** Exit code 69: the programs of the control plane are not here. */
const isMissing = ({ status }: SpawnSyncReturns<string>) => status === 69 && !IS_REQUIRED;

describe('deploy/kubernetes/verify', () => {
  let ended: SpawnSyncReturns<string>;
  beforeAll(() => {
    ended = spawnSync('deploy/kubernetes/verify', { encoding: 'utf8', timeout: 540_000 });
  }, 560_000);

  it.for(CLAIMS)('shows: %s', (claim, { skip }) => {
    skip(isMissing(ended), ended.stderr);
    expect(ended.stdout, ended.stdout + ended.stderr).toContain(`ok    ${claim}\n`);
  });

  it('shows nothing else, and ends well', ({ skip }) => {
    skip(isMissing(ended), ended.stderr);
    const shown = [...ended.stdout.matchAll(/^ok {4}(.+)$/gm)].map(([, claim]) => claim);
    expect(shown, ended.stdout + ended.stderr).toEqual(CLAIMS);
    expect(ended.status).toBe(0);
  });
});
