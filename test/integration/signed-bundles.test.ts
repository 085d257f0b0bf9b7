/** Signed bundles from publishing to serving: which are accepted, and what is said of those that are not. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSigningKey, readTrustedKeys, type Sign } from '../../src/home/signature.ts';
import { currentVersion, pointTo } from '../../src/home/versions.ts';
import { type Served, serve } from '../../src/serve.ts';
import { type KeyFiles, signingKeys } from '../support/signing-keys.ts';
import { newHome, publishSmall } from '../support/small-bundle.ts';
import { anime, CATALOGUE } from '../support/small-catalogue.ts';

const KEY = 'integration-operators-key';
const renamed = [anime({ animeId: 0, title: 'Renamed' }), ...CATALOGUE.slice(1)];

let home: string;
let keys: KeyFiles;
let sign: Sign;
let lines: string[];
const running: Served[] = [];

beforeEach(async () => {
  home = await newHome();
  keys = await signingKeys(home);
  sign = await openSigningKey(keys.privateKey, () => {});
  lines = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close()));
  await rm(home, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const take = (line: string) => void lines.push(line);
  const at = { home, host: '127.0.0.1', port: 0, pollMs: 20, page: null };
  const trust = [keys.publicKey];
  const logger = { info: take, error: take };
  const served = await serve({ ...at, trust, logger, adminKey: KEY });
  running.push(served);
  return served.url;
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It did not happen; the log says:\n${lines.join('\n')}`);
}

const json = async (url: string, init?: RequestInit) =>
  (await (await fetch(url, init)).json()) as Record<string, unknown>;

describe('serve() with trusted keys', () => {
  it('serves a bundle that one of them has signed, and says which', async () => {
    await publishSmall(home, CATALOGUE, { sign });
    const url = await start();
    const [{ fingerprint }] = await readTrustedKeys([keys.publicKey]);
    const signature = { status: 'verified', key: fingerprint };
    expect((await json(`${url}/api/bundle`)).signature).toEqual(signature);
    const headers = { authorization: `Bearer ${KEY}` };
    const status = await json(`${url}/api/admin/status`, { headers });
    expect(status).toMatchObject({ bundle: { signature }, versions: [{ signature }] });
    expect(lines[0]).toContain(`signed by ${fingerprint.slice(0, 16)}`);
  });

  it('keeps it when an unsigned, a tampered or a damaged one is published', async () => {
    const damaged = await publishSmall(home, renamed, { sign });
    const { bytes } = damaged.manifest.files['catalogue.json'];
    await writeFile(join(damaged.folder, 'catalogue.json'), ' '.repeat(bytes));
    const { version } = await publishSmall(home, CATALOGUE, { sign });
    const url = await start();
    await publishSmall(home, renamed, { keep: 9 });
    await until(() => lines.some((line) => line.includes('is not signed')));
    const other = await signingKeys(home, 'other');
    const wrong = await openSigningKey(other.privateKey, () => {});
    await publishSmall(home, renamed, { sign: wrong, keep: 9 });
    await until(() => lines.some((line) => line.includes('tampered with')));
    await pointTo(home, 'bundle', damaged.version);
    await until(() => lines.some((line) => line.includes('catalogue.json is damaged')));
    expect((await json(`${url}/api/bundle`)).version).toBe(version);
  });

  it('does not let the console switch to one that is not signed', async () => {
    const unsigned = await publishSmall(home, renamed);
    const { version } = await publishSmall(home, CATALOGUE, { sign });
    const url = await start();
    const answer = await json(`${url}/api/admin/bundle`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ version: unsigned.version }),
    });
    expect(answer).toMatchObject({ status: 409 });
    expect(answer.detail).toContain('is not signed');
    expect(await currentVersion(home, 'bundle')).toBe(version);
  });

  it('does not start with a key that it cannot read', async () => {
    await publishSmall(home, CATALOGUE, { sign });
    keys = { ...keys, publicKey: keys.privateKey };
    await expect(start()).rejects.toThrow(/is a private key/);
  });
});
