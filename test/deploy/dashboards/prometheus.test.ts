/**
 * A real Prometheus scrapes a running server while people visit it: the metrics that rules and dashboards name exist, the
 * rules can be evaluated, and every query of the dashboards answers with data.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PROMETHEUS,
  queriesOf,
  readDashboards,
  readRules,
  seriesIn,
} from '../../support/dashboards.ts';
import { freePort, hasProgram, type StartedProgram, startProgram } from '../../support/programs.ts';
import { type VisitedServer, visitedServer } from '../../support/visited-server.ts';

describe.skipIf(!hasProgram('prometheus'))('Prometheus', () => {
  let folder: string;
  let server: VisitedServer;
  let prometheus: StartedProgram;
  let api: string;
  let visits: NodeJS.Timeout;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-prometheus-'));
    server = await visitedServer();
    await answers(`${server.url}/readyz`, () => server.program.output());
    let round = 0;
    visits = setInterval(() => void server.visit(round++).catch(() => {}), 500);
    const port = await freePort();
    api = `http://127.0.0.1:${port}`;
    prometheus = startProgram('prometheus', [
      `--config.file=${await configured(folder, server.metrics)}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    await answers(`${api}/-/ready`, () => prometheus.output());
  });
  afterAll(async () => {
    clearInterval(visits);
    await prometheus?.stop();
    await server?.program.stop();
    await rm(folder, { recursive: true });
    if (server) await rm(server.home, { recursive: true });
  });

  it('finds every metric that a rule or a dashboard names', async () => {
    const text = await (await fetch(server.metrics)).text();
    const exposed = new Set<string>();
    for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      exposed.add(name);
      if (type === 'histogram' || type === 'summary')
        for (const part of ['bucket', 'sum', 'count']) exposed.add(`${name}_${part}`);
    }
    const queries = [
      ...readRules().map(({ expr }) => expr),
      ...readDashboards()
        .flatMap(queriesOf)
        .map(({ query }) => query),
    ];
    const named = [...new Set(queries.flatMap(seriesIn))].filter((name) => !name.includes(':'));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !exposed.has(name))).toEqual([]);
  });

  it('answers every query of the dashboards with data', async () => {
    // It looks for targets some seconds after its start: what changes before leaves no trace.
    const isScraped = () => hasData(api, 'osusume_bundle_swaps_total');
    await expect.poll(isScraped, { timeout: 60_000 }).toBe(true);
    await server.publish();
    const left = new Map(
      readDashboards().flatMap((dashboard) =>
        queriesOf(dashboard).map(({ name, query }) => [`${dashboard.title}: ${name}`, query]),
      ),
    );
    expect(left.size).toBeGreaterThan(30);
    const look = async () => {
      for (const [name, query] of left) if (await hasData(api, query)) left.delete(name);
      return Object.fromEntries(left);
    };
    await expect.poll(look, { timeout: 120_000, interval: 1000 }).toEqual({});
  });

  it('can evaluate every rule', async () => {
    const { data } = (await (await fetch(`${api}/api/v1/rules`)).json()) as {
      data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
    };
    const rules = data.groups.flatMap(({ rules }) => rules);
    expect(rules).toHaveLength(readRules().length);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });
});

/** The project's configuration, with a scrape and an evaluation each second. @returns its path */
async function configured(folder: string, metrics: string): Promise<string> {
  const quick = (text: string) => text.replaceAll(/interval: \d+s/g, 'interval: 1s');
  await mkdir(join(folder, 'rules'));
  for (const name of await readdir(join(PROMETHEUS, 'rules'))) {
    const text = await readFile(join(PROMETHEUS, 'rules', name), 'utf8');
    await writeFile(join(folder, 'rules', name), quick(text));
  }
  const text = await readFile(join(PROMETHEUS, 'prometheus.yml'), 'utf8');
  const path = join(folder, 'prometheus.yml');
  const { host } = new URL(metrics);
  await writeFile(path, quick(text).replace(/\[\w+:9464\]/, `['${host}']`));
  return path;
}

async function hasData(api: string, query: string): Promise<boolean> {
  const answer = await fetch(`${api}/api/v1/query?${new URLSearchParams({ query })}`);
  const { status, error, data } = (await answer.json()) as {
    status: string;
    error?: string;
    data?: { result: { value: [number, string] }[] };
  };
  expect(status, `${query}: ${error}`).toBe('success');
  return data?.result.some(({ value }) => value[1] !== 'NaN') ?? false;
}

async function answers(url: string, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(500);
  }
  throw new Error(`${url} does not answer:\n${output()}`);
}
