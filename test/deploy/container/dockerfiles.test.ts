/** Every Dockerfile of deploy/, as hadolint sees it (.ci/install/container installs it). */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const hadolint = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'hadolint'))
  .find((path) => existsSync(path));
if (!hadolint && process.env.OSUSUME_REQUIRE_DEPLOY === '1')
  throw new Error('No hadolint: .ci/install/container <a folder of PATH> has not run here');

const dockerfiles = (readdirSync('deploy', { recursive: true }) as string[])
  .filter((path) => path.endsWith('/Dockerfile'))
  .map((path) => join('deploy', path));

describe.skipIf(!hadolint)('hadolint', () => {
  it.each(dockerfiles)('finds nothing in %s', async (path) => {
    const { stdout } = await promisify(execFile)(hadolint as string, ['--no-color', path]);
    expect(stdout).not.toMatch(/ (error|warning): /);
  });

  it('is asked about more than one', () => {
    expect(dockerfiles).toContain('deploy/container/Dockerfile');
    expect(dockerfiles.length).toBeGreaterThan(1);
  });
});
