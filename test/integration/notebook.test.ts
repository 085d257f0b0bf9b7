/**
 * Runs the notebook; skipped where Jupyter or its Deno kernel is not installed, but for OSUSUME_REQUIRE_NOTEBOOK=1: then
 * a missing one is an error.
 */
import { execFile, execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest.ts';
import { writeSample } from '../../src/source/sample/sample.ts';

const PATH = 'notebooks/explore.ipynb';

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: 'code' | 'markdown';
    readonly execution_count?: number | null;
    readonly outputs?: readonly unknown[];
  }[];
}

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, string>>;
}

describe('notebooks/explore.ipynb', () => {
  it('is kept without results', async () => {
    const { cells } = JSON.parse(await readFile(PATH, 'utf8')) as Notebook;
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    expect(code.length).toBeGreaterThan(10);
    for (const { outputs, execution_count } of code)
      expect([outputs, execution_count]).toEqual([[], null]);
  });

  it.skipIf(!kernelInstalled())(
    'runs in Deno from the first cell to the last',
    async () => {
      const home = await mkdtemp(join(tmpdir(), 'osusume-notebook-'));
      try {
        await writeSample(join(home, 'source'), { people: 200, seed: 5 });
        await appendFile(join(home, 'source', 'animelist.csv'), '1,99999999,5,2,1\n');
        await ingest({ home, source: join(home, 'source') });
        const { stdout } = await promisify(execFile)(
          python(),
          [resolve('test/support/run-notebook.py'), basename(PATH)],
          {
            cwd: dirname(PATH),
            env: { ...process.env, OSUSUME_HOME: home },
            maxBuffer: 64e6,
          },
        );
        const outputs = JSON.parse(stdout) as Output[];
        expect(outputs.filter(({ output_type }) => output_type === 'error')).toEqual([]);
        const html = outputs.map(({ data = {} }) => data['text/html'] ?? '');
        expect(html.filter((text) => text.includes('<svg'))).toHaveLength(10);
        expect(html.filter((text) => text.includes('<table'))).toHaveLength(6);
        expect(html.find((text) => text.includes('rejected because'))).toContain(
          'unknown anime_id',
        );
        // the number of people, in the table of what there is
        expect(html.find((text) => text.includes('listed by nobody'))).toContain('>200<');
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
    300_000,
  );
});

function kernelInstalled(): boolean {
  const found = kernels().includes('deno');
  if (!found && process.env.OSUSUME_REQUIRE_NOTEBOOK === '1')
    throw new Error('Jupyter has no Deno kernel, and OSUSUME_REQUIRE_NOTEBOOK=1');
  return found;
}

function kernels(): string[] {
  try {
    const list = execFileSync('jupyter', ['kernelspec', 'list', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Object.keys((JSON.parse(list) as { kernelspecs: object }).kernelspecs);
  } catch {
    return [];
  }
}

/** The interpreter that Jupyter is installed for: the one beside it. */
function python(): string {
  const jupyter = execFileSync('sh', ['-c', 'command -v jupyter'], { encoding: 'utf8' }).trim();
  return join(dirname(jupyter), 'python3');
}
