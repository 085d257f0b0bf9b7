/** deploy/container/pin-bases, with a docker that answers for the registries. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'osusume-pins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const script = join(folder, 'pin-bases');
const dockerfile = join(folder, 'Dockerfile');

function pinBases(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  return new Promise((resolve) =>
    execFile(script, args, { env }, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout }),
    ),
  );
}

it('writes the digests that the registries have, and tells when there are newer ones', async () => {
  for (const name of ['pin-bases', 'Dockerfile'])
    copyFileSync(join('deploy/container', name), join(folder, name));
  mkdirSync(join(folder, 'bin'));
  const asked = join(folder, 'asked');
  writeFileSync(
    join(folder, 'bin/docker'),
    `#!/bin/sh\nprintf '%s\\n' "$*" >>'${asked}'\necho ${DIGEST}\n`,
    { mode: 0o755 },
  );
  const before = readFileSync(dockerfile, 'utf8');

  expect(await pinBases('--check')).toMatchObject({ code: 1 });
  expect(readFileSync(dockerfile, 'utf8')).toBe(before);
  expect(readFileSync(asked, 'utf8').match(/^buildx imagetools inspect \S+:\S+ /gm)).toHaveLength(
    2,
  );

  expect(await pinBases()).toMatchObject({ code: 0 });
  const after = readFileSync(dockerfile, 'utf8');
  expect(after.match(new RegExp(`^ARG (BUILD|RUN)_IMAGE=\\S+:\\S+@${DIGEST}$`, 'gm'))).toHaveLength(
    2,
  );
  expect(after.replace(/sha256:\w+/g, '')).toBe(before.replace(/sha256:\w+/g, ''));

  expect(await pinBases('--check')).toMatchObject({ code: 0 });
});
