import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboardFiles } from '../../../deploy/dashboards/grafana/build.js';
import {
  DASHBOARDS,
  readAlertChecks,
  readDashboards,
  readRules,
  seriesIn,
} from '../../support/dashboards.ts';
import { anchorsOf } from '../../support/documents.ts';

describe('dashboards', () => {
  const dashboards = readDashboards();

  it('are those that build.js makes', () => {
    const files = dashboardFiles();
    expect(readdirSync(DASHBOARDS).sort()).toEqual([...files.keys()].sort());
    for (const [name, json] of files)
      expect(readFileSync(join(DASHBOARDS, name), 'utf8') === json, name).toBe(true);
  });

  it('have ids of their own', () => {
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
    for (const { panels } of dashboards)
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    '%s: each panel has a data source, a unit, a description and queries',
    (_, { panels, templating }) => {
      const sources = templating.list.filter(({ type }) => type === 'datasource');
      const names = sources.map(({ name }) => `$${name}`);
      expect(names).toHaveLength(1);
      for (const panel of panels.filter(({ type }) => type !== 'row')) {
        const { title, description, datasource, fieldConfig, targets = [] } = panel;
        expect(names, title).toContain(datasource?.uid);
        expect(description, title).toMatch(/\w.*\.$/);
        expect(fieldConfig?.defaults.unit, title).toBeTruthy();
        expect(targets.length, title).toBeGreaterThan(0);
        for (const { expr, datasource } of targets) {
          expect(expr, title).not.toBe('');
          expect(names, title).toContain(datasource?.uid);
        }
        expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
      }
    },
  );

  it.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    '%s: panels are inside of the page and do not cover each other',
    (_, { panels }) => {
      const taken = new Set<string>();
      for (const { title, gridPos } of panels) {
        const { x, y, w, h } = gridPos;
        expect(x + w, title).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column++)
          for (let line = y; line < y + h; line++) {
            expect(taken.has(`${column} ${line}`), title).toBe(false);
            taken.add(`${column} ${line}`);
          }
      }
    },
  );
});

describe('alerts', () => {
  const alerts = readRules().filter(({ alert }) => alert !== undefined);
  const text = readFileSync('docs/alerts.md', 'utf8');

  it.each(alerts.map((rule) => [rule.alert as string, rule] as const))(
    '%s has a severity, a summary, and a section that says what to do',
    (name, { labels, annotations }) => {
      expect(['critical', 'warning']).toContain(labels?.severity);
      expect(annotations?.summary).toMatch(/^\S.{10,}$/);
      expect(annotations?.runbook_url).toBe(`docs/alerts.md#${name.toLowerCase()}`);
      expect(anchorsOf(text)).toContain(name.toLowerCase());
      const section = text.split(`### ${name}\n`)[1]?.split(/\n##/)[0];
      for (const part of ['Means', 'Look', 'Do']) expect(section).toContain(`**${part}**: `);
    },
  );

  it('are all that docs/alerts.md has sections about', () => {
    const sections = [...text.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  it('each fire in a test of promtool, and stay silent in another', () => {
    const checks = readAlertChecks();
    for (const { alert } of alerts) {
      const own = checks.filter(({ alertname }) => alertname === alert);
      expect(
        own.some(({ fires }) => fires),
        `${alert} fires`,
      ).toBe(true);
      expect(
        own.some(({ fires }) => !fires),
        `${alert} is silent`,
      ).toBe(true);
    }
    expect(
      checks.filter(({ alertname }) => !alerts.some(({ alert }) => alert === alertname)),
    ).toEqual([]);
  });
});

describe('recorded series', () => {
  it('are there for every rule and panel that names one', () => {
    const rules = readRules();
    const recorded = rules.map(({ record }) => record);
    const queries = [
      ...rules.map(({ expr }) => expr),
      ...readDashboards().flatMap(({ panels }) =>
        panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
      ),
    ];
    const named = queries.flatMap(seriesIn).filter((name) => name.includes(':'));
    expect(named.filter((name) => !recorded.includes(name))).toEqual([]);
    expect(recorded.filter((name) => name && !named.includes(name))).toEqual([]);
  });
});
