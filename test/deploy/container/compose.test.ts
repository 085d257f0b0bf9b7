/** compose.yaml, read by the library that Docker Compose is made of (.ci/install/container builds its command). */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile: string; readonly target?: string };
  readonly ports?: readonly { readonly host_ip?: string; readonly target: number }[];
  readonly volumes?: readonly { readonly type: string; readonly source: string }[];
  readonly read_only?: boolean;
}

const reader = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'compose-config'))
  .find((path) => existsSync(path));
if (!reader && process.env.OSUSUME_REQUIRE_DEPLOY === '1')
  throw new Error('No compose-config: .ci/install/container <a folder of PATH> has not run here');

describe.skipIf(!reader)('compose.yaml', () => {
  let services: Record<string, Service>;

  beforeAll(async () => {
    const args = ['-format', 'json', 'compose.yaml'];
    const { stdout } = await promisify(execFile)(reader as string, args, { maxBuffer: 1 << 24 });
    services = JSON.parse(stdout).services;
  });

  it('has the product, what watches it, a database and Jenkins', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(['osusume', 'prometheus', 'grafana', 'postgres', 'jenkins']),
    );
    expect(services.osusume).toMatchObject({ build: { target: 'all' }, read_only: true });
  });

  it('opens every port to this machine only', () => {
    for (const { ports = [] } of Object.values(services))
      for (const { host_ip } of ports) expect(host_ip).toBe('127.0.0.1');
  });

  it('pins what it does not build by digest', () => {
    for (const { image, build } of Object.values(services))
      if (!build) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it('mounts folders that are there', () => {
    const mounted = Object.values(services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter(({ type, source }) => type === 'bind' && source.includes('/deploy/'));
    expect(mounted.length).toBeGreaterThan(2);
    for (const { source } of mounted) expect(existsSync(source), source).toBe(true);
  });

  it('names the product as Prometheus looks for it', () => {
    const prometheus = readFileSync('deploy/dashboards/prometheus/prometheus.yml', 'utf8');
    expect(prometheus).toContain('osusume:9464');
  });
});
