/** Runs the notebook; skipped where Jupyter or its Deno kernel is not installed. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ingest } from '../src/ingest.ts';
import { writeSample } from '../src/source/sample.ts';

const PATH = 'notebooks/explore.ipynb';

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: 'code' | 'markdown';
    readonly execution_count?: number | null;
    readonly outputs?: readonly {
      readonly output_type: string;
      readonly data?: Readonly<Record<string, string | readonly string[]>>;
    }[];
  }[];
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
        await ingest({ home, source: join(home, 'source') });
        const { stdout } = await promisify(execFile)(
          'jupyter',
          [
            ...['nbconvert', '--to', 'notebook', '--execute', '--stdout', PATH],
            // on a busy machine results come late, and would be left out after 4 s
            ...['--ExecutePreprocessor.timeout=250', '--ExecutePreprocessor.iopub_timeout=120'],
          ],
          { env: { ...process.env, OSUSUME_HOME: home }, maxBuffer: 64e6 },
        );
        const { cells } = JSON.parse(stdout) as Notebook;
        const outputs = cells.flatMap(({ outputs = [] }) => outputs);
        expect(outputs.map(({ output_type }) => output_type)).not.toContain('error');
        const html = outputs.map(({ data = {} }) => [data['text/html'] ?? []].flat().join(''));
        expect(html.filter((text) => text.includes('<svg'))).toHaveLength(8);
        expect(html.filter((text) => text.includes('<table'))).toHaveLength(4);
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
  try {
    const list = execFileSync('jupyter', ['kernelspec', 'list', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return 'deno' in (JSON.parse(list) as { kernelspecs: object }).kernelspecs;
  } catch {
    return false;
  }
}
