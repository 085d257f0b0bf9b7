/** The dashboards and rules of deploy/dashboards, as their readers see them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const DASHBOARDS = 'deploy/dashboards/grafana/dashboards';
export const PROMETHEUS = 'deploy/dashboards/prometheus';
export const RULE_TESTS = 'test/deploy/dashboards/rules';

export interface DashboardPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly datasource?: { readonly uid: string };
  }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly DashboardPanel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string }[];
  };
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly expr: string }[];
  };
}

export function readDashboards(): Dashboard[] {
  return namesIn(DASHBOARDS, '.json').map(
    (name) => JSON.parse(readFileSync(join(DASHBOARDS, name), 'utf8')) as Dashboard,
  );
}

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Alerts and recorded series. */
export function readRules(): Rule[] {
  const folder = join(PROMETHEUS, 'rules');
  return namesIn(folder, '.yml').flatMap((name) => {
    const { groups } = parse(readFileSync(join(folder, name), 'utf8')) as {
      groups: { rules: Rule[] }[];
    };
    return groups.flatMap(({ rules }) => rules);
  });
}

export interface AlertCheck {
  readonly alertname: string;
  /** whether it is expected to fire */
  readonly fires: boolean;
}

/** What the tests of promtool expect of alerts. */
export function readAlertChecks(): AlertCheck[] {
  return namesIn(RULE_TESTS, '.yml').flatMap((name) => {
    const { tests } = parse(readFileSync(join(RULE_TESTS, name), 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    return tests.flatMap(({ alert_rule_test }) =>
      alert_rule_test.map(({ alertname, exp_alerts }) => ({
        alertname,
        fires: exp_alerts.length > 0,
      })),
    );
  });
}

/** Queries of a dashboard's panels and annotations, with what Grafana would put in the place of its variables. */
export function queriesOf({ panels, annotations }: Dashboard): { name: string; query: string }[] {
  const found = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ name: `${title} ${refId}`, query: expr })),
  );
  const marks = annotations.list.map(({ name, expr }) => ({ name, query: expr }));
  return [...found, ...marks].map(({ name, query }) => ({
    name,
    query: query.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '20s'),
  }));
}

/** Series that an expression names: metrics of the server and recorded ones. */
export function seriesIn(query: string): string[] {
  const bare = query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/\{[^}]*\}/g, '');
  const named = bare.match(/\b(?:osusume|process|nodejs)[a-z0-9_:]*/g) ?? [];
  return [...new Set(named)];
}

function namesIn(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort();
}
