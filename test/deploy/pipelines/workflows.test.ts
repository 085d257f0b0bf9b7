/** The workflows of GitHub Actions: linted, pinned, and with no more rights than they need. */
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { have, run } from './workspace.ts';

const FOLDER = '.github/workflows';
const FILES = readdirSync(FOLDER);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
  readonly environment?: unknown;
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly on: Readonly<Record<string, unknown>>;
}

const textOf = (file: string) => readFileSync(`${FOLDER}/${file}`, 'utf8');
const JOBS = FILES.flatMap((file) => {
  const { jobs } = parse(textOf(file)) as Workflow;
  return Object.entries(jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job }));
});
const actionOf = ({ uses = '' }: Step) => uses.split('@')[0];

describe.runIf(have('actionlint', 'shellcheck'))('actionlint', () => {
  it('finds nothing in the workflows and their shell', async () => {
    const { code, output } = await run('actionlint', [
      '-no-color',
      ...FILES.map((f) => `${FOLDER}/${f}`),
    ]);
    expect(output).toBe('');
    expect(code).toBe(0);
  });
});

describe.runIf(have('zizmor'))('zizmor', () => {
  it('finds no way in', async () => {
    const { code, output } = await run('zizmor', [
      '--offline',
      '--no-progress',
      '--min-severity',
      'medium',
      FOLDER,
    ]);
    expect(code, output).toBe(0);
  });
});

describe.each(FILES)('%s', (file) => {
  const text = textOf(file);
  const workflow = parse(text) as Workflow;

  it('names every action by commit, with its version beside it', () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses)
      expect(line).toMatch(
        /uses: (\.\/\.github\/workflows\/[a-z]+\.yml$|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/,
      );
  });

  it('may read the repository, and a job at most ask for a token beside', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const { permissions } of Object.values(workflow.jobs))
      if (permissions) expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  });

  it('has no secrets and no keys', () => {
    expect(text).not.toMatch(/secrets\.|credentials_json|secrets: inherit/);
  });

  it('runs nothing with the rights of the repository for code of a stranger', () => {
    expect(Object.keys(workflow.on)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/pull_request_target|workflow_run|issue_comment/),
      ]),
    );
  });
});

describe('every job', () => {
  const own = JOBS.filter(({ job }) => job.steps);

  it.each(own)('$name has a time limit', ({ job }) => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it.each(own)(
    '$name checks out first, and leaves no token in the checkout',
    ({ job: { steps = [] } }) => {
      expect(actionOf(steps[0])).toBe('actions/checkout');
      expect(steps[0].with?.['persist-credentials']).toBe(false);
      expect(steps.slice(1).map(actionOf)).not.toContain('actions/checkout');
    },
  );

  it.each(own)('$name calls scripts that there are', ({ job: { steps = [] } }) => {
    const calls = steps.flatMap(
      ({ run: shell = '' }) => shell.match(/(?:deploy\/scripts|\.ci)\/[a-z-]+/g) ?? [],
    );
    for (const script of calls) accessSync(script, constants.X_OK);
    // nothing is done here that a laptop could not do
    for (const { run: shell } of steps)
      if (shell) expect(shell).toMatch(/deploy\/scripts\/|\.ci\/run/);
  });
});

describe('jobs that talk to Google Cloud', () => {
  const cloud = JOBS.filter(({ job }) =>
    job.steps?.some((step) => actionOf(step) === 'google-github-actions/auth'),
  );

  it('are those that push, deploy and retrain', () => {
    expect(cloud.map(({ name }) => name).sort()).toEqual([
      'image.yml: push',
      'retrain.yml: retrain',
      'rollout.yml: rollout',
    ]);
  });

  it.each(cloud)(
    '$name uses a token of GitHub, for an account that a variable names',
    ({ job }) => {
      expect(job.permissions?.['id-token']).toBe('write');
      const auth = job.steps?.find((step) => actionOf(step) === 'google-github-actions/auth');
      expect(auth?.with?.workload_identity_provider).toBe(
        '$' + '{{ vars.WORKLOAD_IDENTITY_PROVIDER }}',
      );
      expect(auth?.with?.service_account).toMatch(/^\$\{\{ vars\.[A-Z]+_SERVICE_ACCOUNT \}\}$/);
    },
  );

  it('ask for a token only where one is used', () => {
    const asking = JOBS.filter(({ job }) => job.permissions?.['id-token'] && job.steps);
    expect(asking.map(({ name }) => name).sort()).toEqual(cloud.map(({ name }) => name).sort());
  });
});

describe('rollout.yml', () => {
  it('rolls back when deploying or the smoke test fails or is stopped, and has an environment', () => {
    const { jobs } = parse(textOf('rollout.yml')) as Workflow;
    const { steps = [], environment } = jobs.rollout;
    const at = (script: string) =>
      steps.findIndex(({ run: shell }) => shell === `deploy/scripts/${script}`);
    expect(at('deploy')).toBeGreaterThan(0);
    expect(at('smoke-test')).toBe(at('deploy') + 1);
    expect(at('roll-back')).toBe(at('smoke-test') + 1);
    expect(steps[at('roll-back')].if).toBe('failure() || cancelled()');
    expect(environment).toBeTruthy();
  });
});

describe('credentials files', () => {
  it.each(['gha-creds-0123456789abcdef.json', 'deploy/jenkins/secrets/google-key.json'])(
    '%s is ignored by git',
    async (file) => {
      const { code } = await run('git', ['check-ignore', '--quiet', '--no-index', file]);
      expect(code).toBe(0);
    },
  );

  it('are ignored by the image, of which everything is that is not named', () => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(lines).toContain('*');
    const named = lines.filter((line) => line.startsWith('!'));
    // Google's action writes its file into the root of the checkout.
    for (const line of named) expect(line).toMatch(/^![\w/-]+(\.[a-z]+)?$/);
    expect(named.filter((line) => line.includes('jenkins'))).toEqual([]);
  });
});
