/**
 * Schemathesis makes requests out of the OpenAPI document and the GraphQL schema, valid and not, and holds the answers
 * against them. It is skipped where the program is not installed (pip install schemathesis), unless
 * OSUSUME_REQUIRE_SCHEMATHESIS=1.
 */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlAnswerSchema } from '../../../src/api/graphql.ts';
import { ProblemSchema } from '../../../src/api/problem.ts';
import { type Served, serve } from '../../../src/serve.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

const run = promisify(execFile);
const PROGRAM = process.env.OSUSUME_SCHEMATHESIS ?? 'schemathesis';
const CASES = process.env.OSUSUME_SCHEMATHESIS_CASES ?? '15';
const LONG = 1_200_000;
/** a module of Python and the folder that it lies in */
const HOOKS = 'schemathesis_hooks';
const SUPPORT = fileURLToPath(new URL('../../support', import.meta.url));
const installed = await run(PROGRAM, ['--version']).then(
  () => true,
  () => false,
);
if (!installed && process.env.OSUSUME_REQUIRE_SCHEMATHESIS === '1')
  throw new Error(
    `There is no ${PROGRAM}: pip install schemathesis, or name it with OSUSUME_SCHEMATHESIS`,
  );

let home: string;
let served: Served;
const failures: string[] = [];

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  const logger = { info: () => {}, error: (line: string) => void failures.push(line) };
  served = await serve({ home, host: '127.0.0.1', port: 0, logger, page: null });
});
afterAll(async () => {
  await served.close();
  await rm(home, { recursive: true });
});

/** @returns what it prints */
async function schemathesis(path: string, ...options: string[]): Promise<string> {
  const fixed = ['--seed', '1', '--max-examples', CASES, '--no-color', '--no-shrink'];
  const args = ['run', `${served.url}${path}`, ...fixed, '--continue-on-failure', ...options];
  const env = { ...process.env, SCHEMATHESIS_HOOKS: HOOKS, PYTHONPATH: SUPPORT };
  const { stdout } = await run(PROGRAM, args, { cwd: home, env, maxBuffer: 1 << 28 }).catch(
    (error: { stdout: string; stderr: string }) => ({
      stdout: `${error.stdout}${error.stderr}\nFAILED`,
    }),
  );
  return stdout;
}

interface Exchange {
  readonly response: { readonly status: number; readonly content: { readonly text?: string } };
}

/** Every answer of a run that was recorded. */
async function exchangesOf(file: string): Promise<{ status: number; body: unknown }[]> {
  const { log } = JSON.parse(await readFile(file, 'utf8')) as { log: { entries: Exchange[] } };
  return log.entries.map(({ response }) => ({
    status: response.status,
    body: JSON.parse(response.content.text ?? 'null'),
  }));
}

describe.runIf(installed)('schemathesis', () => {
  it(
    'finds no status, type or shape that is not documented, and no failure of the server',
    async () => {
      const said = await schemathesis(
        '/openapi.json',
        ...[
          '--phases',
          'examples,coverage,fuzzing',
          // These ask sites that are not there.
          '--exclude-path-regex',
          '^/api/import/(anilist|myanimelist)/',
        ],
      );
      expect(said).not.toContain('FAILED');
      expect(said).toMatch(/Tested: 2\d/);
      expect(failures).toEqual([]);
    },
    LONG,
  );

  it(
    'gets an answer in the documented shape to all that it asks in GraphQL',
    async () => {
      // It takes every answer with errors for a failure of the server; here an error may say that a limit is too high.
      const file = join(home, 'graphql.har');
      await schemathesis('/graphql', '--phases', 'fuzzing', '--report-har-path', file);
      const exchanges = await exchangesOf(file);
      expect(exchanges.length).toBeGreaterThan(30);
      const shapes: Record<number, TSchema[]> = {
        200: [GraphqlAnswerSchema],
        400: [GraphqlAnswerSchema, ProblemSchema],
      };
      for (const { status, body } of exchanges) {
        const fits = shapes[status]?.some((schema) => Value.Check(schema, body));
        expect(fits, `${status} ${JSON.stringify(body).slice(0, 500)}`).toBe(true);
      }
      expect(failures).toEqual([]);
    },
    LONG,
  );
});
