/** OriginalStacks against a bundle that esbuild makes here. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OriginalStacks } from '../../../src/program/original-stacks.ts';

const SOURCE = `interface Place { readonly line: number }

export function failing(place: Place): never {
  throw new RangeError(\`line \${place.line}\`);
}
`;

describe('OriginalStacks', () => {
  let folder: string;
  let bundled: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-stacks-'));
    await writeFile(join(folder, 'failing.ts'), SOURCE);
    bundled = join(folder, 'program/failing-AB12.js');
    const options = { bundle: true, format: 'esm', sourcemap: 'linked' } as const;
    await build({ entryPoints: [join(folder, 'failing.ts')], outfile: bundled, ...options });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('placed() names the line of the source', async () => {
    const lines = (await readFile(bundled, 'utf8')).split('\n');
    const row = lines.findIndex((line) => line.includes('throw new RangeError'));
    const at = `    at failing (${pathToFileURL(bundled)}:${row + 1}:${lines[row].indexOf('throw') + 1})`;
    expect(new OriginalStacks().placed(at)).toBe(
      `    at failing (${pathToFileURL(join(folder, 'failing.ts'))}:4:3)`,
    );
  });

  it('placed() leaves places alone that no map knows', () => {
    const text = `    at a (file:///gone/program/gone-1.js:3:5)\n    at b (node:fs:1:2)\n    at c (/x/y.js:1:1)`;
    expect(new OriginalStacks().placed(text)).toBe(text);
  });
});
