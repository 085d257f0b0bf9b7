/**
 * Writes dashboards/*.json:
 *
 *   node deploy/dashboards/grafana/build.js
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dashboardOf } from './panels.js';
import { recommendations } from './recommendations.js';
import { service } from './service.js';

/** @returns {Map<string, string>} the name of each file and what it holds */
export function dashboardFiles() {
  return new Map(
    [service, recommendations].map((dashboard) => [
      `${dashboard.uid}.json`,
      `${JSON.stringify(dashboardOf(dashboard), null, 2)}\n`,
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, json] of dashboardFiles())
    writeFileSync(new URL(`dashboards/${name}`, import.meta.url), json);
