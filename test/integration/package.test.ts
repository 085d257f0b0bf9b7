/** What `npm pack` would publish. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

describe('npm pack', () => {
  let files: string[];
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(
      'npm',
      ['pack', '--dry-run', '--json', '--ignore-scripts'],
      { maxBuffer: 1 << 26 },
    );
    const [{ files: packed }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    files = packed.map(({ path }) => path);
  });

  it('has what an installation needs', () => {
    for (const path of [
      'package.json',
      'README.md',
      'LICENSE',
      'dist/main.js',
      'dist/program/licenses.txt',
      'dist/api/client.js',
      'dist/api/client.d.ts',
      'dist/linalg/wasm/kernels.wasm',
      'dist/source/sample/titles/to-1979.txt',
      'dist/web/index.html',
      'dist/web/embed.js',
      'dist/admin/index.html',
    ])
      expect(files).toContain(path);
    expect(files.some((path) => path.startsWith('configs/'))).toBe(true);
  });

  it('has neither sources nor tests nor benchmarks', () => {
    const folders = new Set(
      files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]),
    );
    expect([...folders].sort()).toEqual(['configs', 'dist']);
    const strange = files.filter((path) => /bench|test|\.map$|(?<!\.d)\.tsx?$/.test(path));
    // Stacks of the bundled command are read with its maps.
    expect(strange.filter((path) => !/^dist\/(main|program\/.*)\.js\.map$/.test(path))).toEqual([]);
  });
});
