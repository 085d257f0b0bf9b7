/** Credentials by Google's standard chain, at Google's own address, and nowhere in what a command says or keeps. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';
import { type PlayedGoogle, playGoogle, TOKEN } from './google-by-proxy.ts';

const to = `gs://${BUCKET}/set`;

describe.skipIf(isMissing())('credentials for gs:// addresses', { timeout: 60_000 }, () => {
  let folder: string;
  let server: BucketServer;
  let google: PlayedGoogle;
  let privateKey: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-credentials-'));
    server = await bucketServer();
    google = await playGoogle(folder, server.endpoint);
    privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      ...{ type: 'pkcs8', format: 'pem' },
    }) as string;
    await writeFile(join(folder, 'key.json'), keyFile());
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'anime.csv'), 'MAL_ID,Name\n1,One\n');
  });
  afterAll(async () => {
    await google?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await server.clear();
    server.proxy.play(() => null);
    google.authorizations.length = 0;
    google.tokenRequests.length = 0;
  });

  const keyFile = () =>
    JSON.stringify({
      ...{ type: 'service_account', project_id: 'test', private_key_id: 'id' },
      ...{ private_key: privateKey, client_email: 'tester@test.iam.gserviceaccount.com' },
      ...{ client_id: '1', token_uri: 'https://oauth2.googleapis.com/token' },
    });
  const upload = async (environment: Record<string, string>) => {
    const child = spawn(
      process.execPath,
      [resolve('dist/main.js'), 'upload', 'data', to, '--home', 'home'],
      {
        cwd: folder,
        // nothing of this machine's own credentials
        env: { PATH: process.env.PATH, HOME: folder, ...google.environment, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const code = await new Promise((done) => child.once('close', done));
    return { code, output };
  };
  const expectNoSecrets = async (output: string) => {
    const kept = await readdir(join(folder, 'home'), { recursive: true, withFileTypes: true })
      .then((entries) => entries.filter((entry) => entry.isFile()))
      .catch(() => []);
    const texts = kept.map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name)));
    for (const text of [output, ...(await Promise.all(texts)).map(String)]) {
      expect(text).not.toContain('SECRET');
      expect(text).not.toContain('PRIVATE KEY');
      expect(text).not.toContain(privateKey.split('\n')[1]);
    }
  };
  const keyed = () => ({
    ...{ GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'key.json') },
    METADATA_SERVER_DETECTION: 'none',
  });

  it('are taken from a key file', async () => {
    const { code, output } = await upload(keyed());
    expect(code, output).toBe(0);
    expect(google.tokenRequests[0]).toMatch(/^POST \S*\/token .*assertion/);
    expect(new Set(google.authorizations)).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(await server.names()).toEqual(['set/anime.csv']);
    await expectNoSecrets(output);
  });

  it('are taken from the service account of the machine, as workload identity gives them', async () => {
    const { code, output } = await upload({
      ...{ GCE_METADATA_HOST: google.metadataHost, METADATA_SERVER_DETECTION: 'assume-present' },
    });
    expect(code, output).toBe(0);
    expect(google.tokenRequests.join()).toMatch(
      /GET \/computeMetadata\/v1\/instance\/service-accounts\/default\/token/,
    );
    expect(await server.names()).toEqual(['set/anime.csv']);
    await expectNoSecrets(output);
  });

  it('are not in the message when the account may not write', async () => {
    server.proxy.play(({ method }) => (method === 'GET' ? null : { status: 403 }));
    const { code, output } = await upload(keyed());
    expect(code).toBe(1);
    expect(output).toMatch(/answered 403: the account may not do that.*roles\/storage\.objectUser/);
    await expectNoSecrets(output);
  });

  it('are asked for when there are none', async () => {
    const { code, output } = await upload({ METADATA_SERVER_DETECTION: 'none' });
    expect(code).toBe(1);
    expect(output).toMatch(/gcloud auth application-default login/);
    await expectNoSecrets(output);
    const lost = await upload({ ...keyed(), GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' });
    expect(lost.code).toBe(1);
    expect(lost.output).toMatch(/GOOGLE_APPLICATION_CREDENTIALS/);
  });

  it('are sent to no other server', async () => {
    const { code, output } = await upload({
      ...keyed(),
      OSUSUME_CLOUD_ENDPOINT: server.endpoint,
    });
    expect(code, output).toBe(0);
    expect(google.tokenRequests).toEqual([]);
    expect(server.proxy.seen.length).toBeGreaterThan(0);
    expect(server.proxy.seen.every(({ headers }) => !headers.authorization)).toBe(true);
  });
});
