import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, importAccess, loadConfig, modelKey } from '../../../src/config/config.ts';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { DEFAULT_MODELS, planModels } from '../../../src/model/registry.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, `${Math.abs(content.length)}-${content.charCodeAt(2)}.json`);
  await writeFile(path, content);
  return path;
}

describe('loadConfig()', () => {
  it('has defaults for everything', () => {
    const config = loadConfig({}, {});
    expect(config.home).toBe(resolve('.osusume'));
    expect(config.source).toBeNull();
    expect(config.serve).toEqual({
      host: '127.0.0.1',
      port: 3000,
      allowedOrigins: [],
      allowedHosts: [],
      frameAncestors: [],
      trustProxy: false,
      trust: [],
      from: null,
      followPollMs: 10_000,
      followSpreadMs: 30_000,
      people: true,
      fastLists: true,
      drainMs: 1000,
      metricsPort: null,
      metricsHost: null,
      limits: {
        listsPerSecond: 400,
        listsAtOnce: 2000,
        maxEventLoopDelay: 250,
        lookupsPerMinute: 10,
        connections: 0,
        connectionsPerVisitor: 256,
        headerSeconds: 10,
        requestSeconds: 120,
        idleSeconds: 75,
        bodyMegabytes: 128,
      },
    });
    expect(config.publish).toEqual({ sign: null, margin: 0.005, to: null });
    expect(config.cloud).toEqual({ endpoint: null });
    expect(config.ingest).toEqual({ rows: 0, maxRejected: 0.05 });
    expect(config.train.slim.neighbours).toBe(50);
  });

  it('reads every named configuration, and each has models that can be trained', () => {
    const models = (config: string) =>
      planModels(loadConfig({ config }, {}).train).map(({ name }) => name);
    expect(models('seed-replica')).toEqual(['embedding']);
    expect(models('public-flow')).toEqual([
      ...['user-knn', 'embedding', 'user-knn-embedding'],
      ...['public-flow', 'public-flow-even', 'public-flow-embedding'],
    ]);
    expect(models('heavy-users')).toHaveLength(DEFAULT_MODELS.length);
    for (const config of ['seed-replica', 'heavy-users'])
      expect(loadConfig({ config }, {}).prepare.minRatingsPerUser).toBe(400);
    const flows = planModels(loadConfig({ config: 'public-flow' }, {}).train);
    const even = flows.find(({ name }) => name === 'public-flow-even');
    expect(even?.options).toMatchObject({ userWeight: 0.5, contentWeight: 0.5 });
  });

  it('takes the addresses of list sites from the environment, and refuses invalid ones', () => {
    const config = loadConfig({}, { OSUSUME_ANILIST_URL: 'http://mirror.example/graphql' });
    expect(config.import).toEqual({
      anilist: 'http://mirror.example/graphql',
      myanimelist: 'https://api.myanimelist.net/v2',
    });
    expect(() => loadConfig({}, { OSUSUME_MYANIMELIST_URL: 'file:///etc' })).toThrow(
      /import\.myanimelist/,
    );
    expect(JSON.stringify(loadConfig({}, { MAL_CLIENT_ID: 'secret' }))).not.toContain('secret');
    expect(importAccess({ MAL_CLIENT_ID: 'secret' })).toEqual({ malClientId: 'secret' });
  });

  it('trusts no proxy unless one is configured', async () => {
    const trusted = (text: string) =>
      loadConfig({}, { OSUSUME_TRUST_PROXY: text }).serve.trustProxy;
    for (const text of ['', ' ', 'false']) expect(trusted(text)).toBe(false);
    expect(trusted('2')).toBe(2);
    expect(trusted('10.0.0.7, 192.168.0.0/16 loopback fd00::/8')).toEqual([
      ...['10.0.0.7', '192.168.0.0/16', 'loopback', 'fd00::/8'],
    ]);
    for (const text of ['true', '0', '17', '-1', '10.0.0', '0.0.0.0/0', '10.0.0.0/33', '::1/129'])
      expect(() => trusted(text)).toThrow(/serve\.trustProxy must be false, the number.*but it is/);
    const config = await file('{"serve":{"trustProxy":["10.0.0.1"]}}');
    expect(loadConfig({ config }, {}).serve.trustProxy).toEqual(['10.0.0.1']);
    expect(loadConfig({ config }, { OSUSUME_TRUST_PROXY: 'false' }).serve.trustProxy).toBe(false);
    for (const wrong of ['true', '[]', '"10.0.0.1"', '[7]', '1.5', 'null']) {
      const config = await file(`{"serve":{"trustProxy":  ${wrong}}}`);
      expect(() => loadConfig({ config }, {})).toThrow(/serve\.trustProxy must be false/);
    }
  });

  it('watches nothing elsewhere by default, and takes what to watch from the environment', () => {
    const { log, trace, errors } = loadConfig({}, {});
    expect(log).toEqual({ format: null, level: 'info' });
    expect(trace).toEqual({ otlp: null, share: 1 });
    expect(errors).toEqual({ dsn: null, environment: 'production' });
    const environment = {
      OSUSUME_LOG_FORMAT: 'json',
      OSUSUME_LOG_LEVEL: 'warn',
      OSUSUME_METRICS_PORT: '9464',
      OSUSUME_METRICS_HOST: '127.0.0.1',
      OSUSUME_TRACE_OTLP: 'http://collector:4318',
      OSUSUME_TRACE_SHARE: '0.1',
      OSUSUME_ERRORS_DSN: 'https://key@errors.example/1',
      OSUSUME_ERRORS_ENVIRONMENT: 'staging',
    };
    const set = loadConfig({}, environment);
    expect(set.log).toEqual({ format: 'json', level: 'warn' });
    expect(set.serve).toMatchObject({ metricsPort: 9464, metricsHost: '127.0.0.1' });
    expect(set.trace).toEqual({ otlp: 'http://collector:4318', share: 0.1 });
    expect(set.errors).toEqual({ dsn: 'https://key@errors.example/1', environment: 'staging' });
    expect(loadConfig({ metricsPort: '0' }, environment).serve.metricsPort).toBe(0);
    expect(() => loadConfig({}, { OSUSUME_LOG_FORMAT: 'xml' })).toThrow(/log\.format/);
    expect(() => loadConfig({}, { OSUSUME_TRACE_OTLP: 'collector' })).toThrow(/trace\.otlp/);
    expect(() => loadConfig({}, { OSUSUME_METRICS_PORT: 'x' })).toThrow(/OSUSUME_METRICS_PORT/);
  });

  it('takes keys of signed bundles from flags, the environment or the file', async () => {
    const environment = { OSUSUME_SIGN: 'a.key', OSUSUME_TRUST: 'my keys/a.pub, b.pub' };
    const set = loadConfig({}, environment);
    expect(set.publish.sign).toBe('a.key');
    expect(set.serve.trust).toEqual(['my keys/a.pub', 'b.pub']);
    const flagged = loadConfig({ sign: 'c.key', trust: ['c.pub'] }, environment);
    expect(flagged.publish.sign).toBe('c.key');
    expect(flagged.serve.trust).toEqual(['c.pub']);
    const config = await file('{"publish":{"sign":"d.key"},"serve":{"trust":["d.pub"]}}');
    expect(loadConfig({ config }, {}).publish.sign).toBe('d.key');
    expect(loadConfig({ config }, {}).serve.trust).toEqual(['d.pub']);
  });

  it('takes addresses of cloud storage from flags, the environment or the file', async () => {
    const environment = {
      ...{ OSUSUME_TO: 'gs://bucket/a', OSUSUME_FROM: 'gs://bucket/b' },
      ...{ OSUSUME_CLOUD_ENDPOINT: 'http://127.0.0.1:4443' },
      ...{ OSUSUME_FOLLOW_POLL_MS: '500', OSUSUME_FOLLOW_SPREAD_MS: '0' },
    };
    const set = loadConfig({}, environment);
    expect(set.publish.to).toBe('gs://bucket/a');
    expect(set.cloud.endpoint).toBe('http://127.0.0.1:4443');
    const { from, followPollMs, followSpreadMs } = set.serve;
    expect([from, followPollMs, followSpreadMs]).toEqual(['gs://bucket/b', 500, 0]);
    const flagged = loadConfig({ to: 'gs://c', from: 'GS://d' }, environment);
    expect([flagged.publish.to, flagged.serve.from]).toEqual(['gs://c', 'GS://d']);
    const config = await file('{"publish":{"to":"gs://e"},"serve":{"from":"gs://f"}}  ');
    expect(loadConfig({ config }, {}).publish.to).toBe('gs://e');
    expect(() => loadConfig({ from: 'bucket' }, {})).toThrow(/serve\.from .*"bucket"/);
    expect(() => loadConfig({}, { OSUSUME_CLOUD_ENDPOINT: 'ftp://x' })).toThrow(/cloud\.endpoint/);
  });

  it('shows people of the data set unless they are switched off', async () => {
    const people = (text: string) => loadConfig({}, { OSUSUME_PEOPLE: text }).serve.people;
    expect([people(''), people('on'), people('off')]).toEqual([true, true, false]);
    expect(() => people('no')).toThrow(/OSUSUME_PEOPLE is "no", expected "on" or "off"/);
    const config = await file('{"serve":{"people":false}}');
    expect(loadConfig({ config }, {}).serve.people).toBe(false);
    expect(loadConfig({ config }, { OSUSUME_PEOPLE: 'on' }).serve.people).toBe(true);
  });

  it('lets flags win over the environment, and the environment over the file', async () => {
    const config = await file('{"serve":{"port":1111},"source":"from-file","prepare":{"seed":5}}');
    expect(loadConfig({ config }, {}).serve.port).toBe(1111);
    expect(loadConfig({ config }, { PORT: '2222', OSUSUME_SOURCE: 'from-env' })).toMatchObject({
      serve: { port: 2222 },
      source: 'from-env',
    });
    expect(loadConfig({ config, port: '3333' }, { PORT: '2222' }).serve.port).toBe(3333);
    expect(loadConfig({ config }, { OSUSUME_HOME: folder }).home).toBe(folder);
    expect(loadConfig({ config }, {}).prepare.seed).toBe(5);
  });

  it('names the field that is wrong', async () => {
    expect(() => loadConfig({ port: 'many' }, {})).toThrow(/--port is "many", expected a number/);
    expect(() => loadConfig({}, { PORT: '99999999' })).toThrow(/serve\.port.*99999999/);
    expect(() => loadConfig({ rows: '-4' }, {})).toThrow(/ingest\.rows.*-4/);
    const unknown = await file('{"train":{"slim":{"lambda":3}}}');
    expect(() => loadConfig({ config: unknown }, {})).toThrow(/train\.slim.*lambda/);
  });

  it.each([
    ['[]', /the whole/],
    ['null', /the whole/],
    ['{"ingest":5}', /ingest must be object, but it is 5/],
    ['{"prepare":null}', /prepare .*null/],
    ['{"serve":"local"}', /serve must be object/],
    ['{"train":{"models":{"ials":5}}}', /train\.models\.ials .*5/],
    ['{"serve":{"host":""}}', /serve\.host/],
  ])('refuses the file %s instead of passing over it', async (content, message) => {
    const config = join(folder, 'refused.json');
    await writeFile(config, content);
    expect(() => loadConfig({ config, port: '80', rows: '5' }, {})).toThrow(message);
  });

  it('takes empty variables of the environment as not given', () => {
    const names = ['OSUSUME_HOME', 'OSUSUME_SOURCE', 'HOST', 'PORT', 'OSUSUME_POSTERS'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(loadConfig({}, empty)).toEqual(loadConfig({}, {}));
    expect(loadConfig({}, { PORT: ' ' }).serve.port).toBe(3000);
    expect(() => loadConfig({ source: '' }, {})).toThrow(/source/);
  });

  it('takes the language model from the environment, and its key apart from everything', () => {
    const environment = {
      OSUSUME_LLM_URL: 'http://localhost:11434/v1',
      OSUSUME_LLM_MODEL: 'small',
      OSUSUME_LLM_KEY: 'sk-secret',
    };
    const config = loadConfig({}, environment);
    expect(config.explain).toMatchObject({ baseUrl: environment.OSUSUME_LLM_URL, model: 'small' });
    expect(JSON.stringify(config)).not.toContain('sk-secret');
    expect(modelKey(config.explain, environment)).toBe('sk-secret');
    expect(modelKey(config.explain, {})).toBeUndefined();
    expect(loadConfig({}, { OPENAI_API_KEY: 'sk-other' }).explain.model).toBeNull();
    expect(() => loadConfig({}, { OSUSUME_LLM_URL: 'localhost' })).toThrow(/explain\.baseUrl/);
  });

  it("takes OpenAI's own key for OpenAI only", () => {
    const environment = { OPENAI_API_KEY: 'sk-openai' };
    const keyFor = (baseUrl: string | null) => modelKey({ baseUrl }, environment);
    expect(keyFor(null)).toBe('sk-openai');
    expect(keyFor('https://api.openai.com/v1')).toBe('sk-openai');
    for (const other of [
      'http://localhost:11434/v1',
      'http://api.openai.com/v1',
      'https://api.openai.com:8443/v1',
      'https://api.openai.com.example/v1',
      'https://api.openai.com@elsewhere.example/v1',
      'https://openai.example/api.openai.com',
      'https://',
    ])
      expect(keyFor(other)).toBeUndefined();
    expect(modelKey({ baseUrl: null }, { ...environment, OSUSUME_LLM_KEY: 'sk-own' })).toBe(
      'sk-own',
    );
  });

  it('says which file cannot be read', async () => {
    expect(() => loadConfig({ config: 'no-such-name' }, {})).toThrow(/no-such-name\.json/);
    const broken = await file('{"serve":');
    expect(() => loadConfig({ config: broken }, {})).toThrow(/not valid JSON/);
  });
});

describe('adminKey()', () => {
  it('comes from the environment alone, and is null without one', () => {
    expect(adminKey({})).toBeNull();
    expect(adminKey({ OSUSUME_ADMIN_KEY: '' })).toBeNull();
    expect(adminKey({ OSUSUME_ADMIN_KEY: 'sixteen-letters!' })).toBe('sixteen-letters!');
  });

  it.each(['fifteen-letters', 'with spaces in the key', 'schlüssel-mit-umlaut'])(
    'refuses "%s" without repeating it',
    (key) => {
      const read = () => adminKey({ OSUSUME_ADMIN_KEY: key });
      expect(read).toThrow(/OSUSUME_ADMIN_KEY must be/);
      expect(read).not.toThrow(key);
    },
  );
});

describe('parseSlimOptions()', () => {
  it('fills in defaults and refuses what is out of range', () => {
    expect(parseSlimOptions({ weights: { slope: 0.5 } }).weights).toMatchObject({
      slope: 0.5,
      floor: 0.1,
    });
    expect(() => parseSlimOptions({ dropout: 1 })).toThrow(/dropout/);
    expect(() => parseSlimOptions({ weights: { unscored: { completed: 'much' } } })).toThrow(
      /weights\.unscored\.completed/,
    );
  });
});
