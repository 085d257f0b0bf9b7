/** What promtool says of the configuration and rules of deploy/dashboards. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROMETHEUS, RULE_TESTS } from '../../support/dashboards.ts';
import { hasProgram } from '../../support/programs.ts';

const promtool = (...args: string[]) => execFileSync('promtool', args, { encoding: 'utf8' });
const filesOf = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

describe.skipIf(!hasProgram('promtool'))('promtool', () => {
  it('accepts the configuration and the rules it names', () => {
    expect(promtool('check', 'config', join(PROMETHEUS, 'prometheus.yml'))).toContain('SUCCESS');
  });

  it('finds no fault in the rules', () => {
    const found = promtool('check', 'rules', '--lint-fatal', ...filesOf(join(PROMETHEUS, 'rules')));
    expect(found).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });

  it.each(filesOf(RULE_TESTS))('runs %s: alerts fire when they should', (path) => {
    expect(promtool('test', 'rules', path)).toContain('SUCCESS');
  });
});
