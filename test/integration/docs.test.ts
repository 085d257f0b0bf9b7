/**
 * Every command of the documents is checked: those of fenced blocks are run in a copy of the checkout (by links) with a
 * small sample, in the order in which they stand; those in running text have to name commands, options, scripts and
 * files that exist. test/support/doc-commands.ts says what is run in another form, and why.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS, type Check, checkOf, STAND_INS } from '../support/doc-commands.ts';
import {
  type DocumentedCommand,
  documents,
  fencedCommands,
  inlineCommands,
} from '../support/documents.ts';
import { sharedData } from '../support/shared.ts';
import { zipOf } from '../support/zip-of.ts';

const EXPORT = `<?xml version="1.0"?><myanimelist><myinfo><user_name>fan</user_name></myinfo>
<anime><series_animedb_id>5114</series_animedb_id><my_score>9</my_score><my_status>Completed</my_status></anime>
</myanimelist>`;

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};

interface Result {
  readonly code: number | null;
  readonly output: string;
}

let folder: string;
let checkout: string;
let archives: Server;
let server: Running;
/** variables that a block of a document has set */
const assigned: string[] = [];
/** for $NAME in the commands of the table */
const known: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-docs-'));
  checkout = await linkedCheckout(folder);
  await writeFile(join(checkout, 'animelist.xml.gz'), gzipSync(EXPORT));
  archives = await servedArchive();
  known.ARCHIVE = `http://127.0.0.1:${(archives.address() as AddressInfo).port}/archive.zip`;
  await succeed('osusume sample small --people 300 --quiet && osusume pipeline --source small');
  const runs = await readdir(join(checkout, '.osusume/runs'));
  known.RUN = runs[0];
  server = start('OSUSUME_ADMIN_KEY=0123456789abcdef osusume serve --posters off');
  const [, port] = await server.until(/Osusume is at http:\/\/[^:]+:(\d+)/);
  known.SERVER_PORT = port;
});

afterAll(async () => {
  await server?.stop();
  archives?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('commands of the documents', () => {
  const seen = new Set<string>();
  const commands = documents()
    .flatMap(fencedCommands)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map((command) => ({ command, check: checkOf(command.text) }));

  it.each(commands.map(({ command, check }) => [nameOf(command, check), command, check] as const))(
    '%s',
    { timeout: 180_000 },
    async (_, command, check) => {
      expect(check, `${command.text}: nobody has said how to check it`).not.toBeNull();
      if (check) await checked(command.text, check);
    },
  );

  it('all need the lines of the table', () => {
    const texts = commands.map(({ command }) => command.text);
    expect(Object.keys(CHECKS).filter((text) => !texts.includes(text))).toEqual([]);
  });

  it('are run by npx as they are by the test', { timeout: 60_000 }, async () => {
    expect((await succeed('npx osusume --help')).output).toContain('osusume');
  });
});

describe('commands in running text', () => {
  const help = new Map<string, Promise<Result>>();
  const commands = documents().flatMap(inlineCommands);

  it.each(commands.map((command) => [nameOf(command), command] as const))(
    '%s',
    { timeout: 60_000 },
    async (_, { text }) => {
      const [program, name, ...rest] = text.replace(/^npx osusume/, 'osusume').split(' ');
      const words = [name, ...rest];
      if (program === 'npm') return expectScript(words);
      if (text.startsWith('npx vitest run ')) {
        expect(existsSync(rest[1])).toBe(true);
        return;
      }
      expect(program).toBe('osusume');
      const command = /^[a-z]+$/.test(name) ? name : '';
      if (!help.has(command)) help.set(command, succeed(`osusume ${command} --help`));
      const { output } = (await help.get(command)) as Result;
      for (const option of text.match(/--[a-z-]+/g) ?? []) expect(output).toContain(`${option}`);
    },
  );
});

function nameOf({ document, line, text }: DocumentedCommand, check?: Check | null): string {
  const other = check && 'as' in check && check.as ? ` (as: ${check.as})` : '';
  return `${document}:${line} ${check ? `${check.how}: ` : ''}${text}${other}`;
}

async function checked(text: string, check: Check): Promise<void> {
  if (check.how === 'scripts') return expectScript(text.split(' '));
  if (check.how === 'tested') {
    expect(readFileSync(check.by, 'utf8')).toContain(check.as);
    return;
  }
  if (check.how === 'install') {
    for (const part of text.split(' && '))
      expect(readFileSync(check.namedIn, 'utf8')).toContain(part);
    return;
  }
  if (/^[A-Z]+='/.test(text)) {
    assigned.push(text);
    return;
  }
  if (check.how === 'run') {
    const { output } = await succeed(check.as ?? text);
    if (check.prints) expect(output).toMatch(check.prints);
    return;
  }
  if (check.how === 'refuse') {
    const { code, output } = await start(text).ended;
    expect(code).not.toBe(0);
    expect(output).toMatch(check.prints);
    return;
  }
  if (check.how === 'start') {
    if (check.needs && sharedData(check.needs) === null) return expectScript(text.split(' '));
    const running = start(text);
    await running.until(check.until);
    await running.stop();
    return;
  }
  const running = start(text);
  const [, url] = await running.until(/Osusume is at (http:[^\s"]+)/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await running.stop()).toContain('Closed.');
}

/** The scripts of package.json in `words` exist, and a benchmark has the options that it is given. */
function expectScript(words: readonly string[]): void {
  const text = words.join(' ');
  const scripts = [...text.matchAll(/\b(?:npm )?run ([\w:-]+)|\b(start|test)$/g)];
  for (const [, run, short] of scripts)
    expect(Object.keys(PACKAGE.scripts)).toContain(run ?? short);
  if (scripts.length === 0)
    expect(text.replace(/^npm /, '')).toMatch(/^(ci|install|pack)( --[a-z-]+(=\w+)?)?$/);
  const [, name, options] = /^(?:npm )?run bench -- (\S+)(.*)$/.exec(text) ?? [];
  if (name === undefined) return;
  const source = readFileSync(`bench/${name}.ts`, 'utf8');
  for (const [, option] of options.matchAll(/ --([a-z-]+)/g))
    expect(source).toMatch(new RegExp(`\\b${option}'?: \\{ type: `));
}

interface Running {
  /** what it printed, matched; @throws Error when it ends without */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** @returns all that it printed */
  stop(): Promise<string>;
  readonly ended: Promise<Result>;
}

async function succeed(command: string): Promise<Result> {
  const result = await start(command).ended;
  expect(result.code, `${command}\n${result.output}`).toBe(0);
  return result;
}

function start(command: string): Running {
  const child = spawn('bash', ['-c', [...assigned, standIn(command)].join('\n')], {
    cwd: checkout,
    env: environment(),
    // a group of its own, so that what it starts is stopped with it
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Result>((done) => {
    child.once('close', (code) => done({ code, output }));
  });
  return {
    ended,
    until: (pattern) =>
      new Promise((found, fail) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) found(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => fail(new Error(`${command} ended without ${pattern}:\n${output}`)));
      }),
    async stop() {
      interrupt(child);
      const impatient = setTimeout(() => interrupt(child, 'SIGKILL'), 20_000);
      await ended;
      clearTimeout(impatient);
      return output;
    },
  };
}

function interrupt({ pid }: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // it has ended
  }
}

/** The command as the test can run it: npm's runner takes two seconds a command, so npx is left out. */
function standIn(command: string): string {
  const replaced = Object.entries(STAND_INS).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    command,
  );
  return replaced
    .replaceAll(/\$(ARCHIVE|RUN|SERVER_PORT)\b/g, (_, name: string) => known[name])
    .replaceAll('npx osusume --help', 'npx --help-of osusume')
    .replaceAll('npx osusume ', 'osusume ')
    .replaceAll('npx --help-of osusume', 'npx osusume --help');
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(OSUSUME_|COMET_|MLFLOW_|MAL_|HOST$|PORT$|NODE_ENV$|VITEST)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    // any free one
    PORT: '0',
    TMPDIR: join(folder, 'tmp'),
    PYTHONPYCACHEPREFIX: join(folder, 'tmp'),
  };
}

/** A folder that looks like the checkout, so that what commands write there is not written into it. */
async function linkedCheckout(folder: string): Promise<string> {
  const checkout = join(folder, 'checkout');
  await mkdir(join(folder, 'tmp'));
  await mkdir(join(folder, 'bin'));
  await mkdir(checkout);
  await symlink(resolve('dist/main.js'), join(folder, 'bin/osusume'));
  if (existsSync('../shared')) await symlink(resolve('../shared'), join(folder, 'shared'));
  for (const name of await readdir('.'))
    if (!/^\.git$|^\.osusume$/.test(name)) await symlink(resolve(name), join(checkout, name));
  return checkout;
}

/** A server of one small archive in the layout of the 2020 data set. */
async function servedArchive(): Promise<Server> {
  const archive = zipOf({
    'anime.csv': 'MAL_ID,Name,Score,Genres\n1,Cowboy Bebop,8.78,Action\n',
    'animelist.csv': 'user_id,anime_id,rating,watching_status,watched_episodes\n1,1,9,2,26\n',
  });
  const server = createServer((_, response) => response.end(archive));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
