import { generateKeyPairSync } from 'node:crypto';
import { chmod, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TamperedError, UsageError } from '../../../src/error.ts';
import { openArtefact, writeArtefact } from '../../../src/home/artefact.ts';
import { openSigningKey, readTrustedKeys, type TrustedKey } from '../../../src/home/signature.ts';
import { type KeyFiles, signingKeys } from '../../support/signing-keys.ts';

let home: string;
let keys: KeyFiles;
let trust: TrustedKey[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-'));
  keys = await signingKeys(home);
  trust = await readTrustedKeys([keys.publicKey]);
});
afterEach(() => rm(home, { recursive: true }));

const nobody = () => {
  throw new Error('no warning was expected');
};

async function publishSigned(key = keys.privateKey, second = 0) {
  const sign = await openSigningKey(key, nobody);
  const write = (folder: string) => writeFile(join(folder, 'data.txt'), 'content');
  const clock = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  return writeArtefact(home, 'bundle', write, { sign, clock });
}

const open = (version?: string) => openArtefact(home, 'bundle', version, { trust });

describe('openArtefact() with trusted keys', () => {
  it('accepts what one of them has signed and names it', async () => {
    await publishSigned();
    const other = await signingKeys(home, 'other');
    trust = await readTrustedKeys([other.publicKey, keys.publicKey]);
    const { signature } = await open();
    expect(signature).toEqual({ status: 'verified', key: trust[1].fingerprint });
  });

  it('refuses what is not signed', async () => {
    const { folder } = await publishSigned();
    await rm(join(folder, 'manifest.sig'));
    await expect(open()).rejects.toThrow(/is not signed.*--sign/);
  });

  it('calls it tampered with when the manifest, the signature or the key is another', async () => {
    const { folder, version } = await publishSigned();
    const manifest = join(folder, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"createdAt"', '"createdAt" '));
    await expect(open()).rejects.toThrow(TamperedError);
    await writeFile(manifest, text);
    await expect(open()).resolves.toBeDefined();
    for (const wrong of ['', 'x', 'x'.repeat(64)]) {
      await writeFile(join(folder, 'manifest.sig'), wrong);
      await expect(open()).rejects.toThrow(TamperedError);
    }
    const other = await signingKeys(home, 'other');
    await publishSigned(other.privateKey, 1);
    await expect(open()).rejects.toThrow(/tampered with, or was signed by another key/);
    expect(version).toBeDefined();
  });

  it('calls it damaged when a file is not the one of the signed manifest', async () => {
    const { folder } = await publishSigned();
    await writeFile(join(folder, 'data.txt'), 'Content');
    await expect(open()).rejects.toThrow(/data\.txt is damaged/);
    await expect(open()).rejects.not.toThrow(TamperedError);
  });

  it('refuses a signed version under the name of another', async () => {
    const older = await publishSigned();
    const newer = await publishSigned(keys.privateKey, 1);
    await rm(newer.folder, { recursive: true });
    await cp(older.folder, newer.folder, { recursive: true });
    await expect(open()).rejects.toThrow(`manifest.json is that of version ${older.version}`);
    await rm(newer.folder, { recursive: true });
    await rename(older.folder, newer.folder);
    await expect(open()).rejects.toThrow(TamperedError);
  });
});

describe('openArtefact() without trusted keys', () => {
  it('says whether it is signed', async () => {
    await publishSigned();
    const { signature } = await openArtefact(home, 'bundle');
    expect(signature).toEqual({ status: 'unchecked', key: null });
    await writeArtefact(home, 'bundle', async () => {}, { clock: () => new Date('2026-02-01') });
    const unsigned = await openArtefact(home, 'bundle');
    expect(unsigned.signature).toEqual({ status: 'unsigned', key: null });
  });
});

describe('openSigningKey()', () => {
  it('warns when others can read the key', async () => {
    await chmod(keys.privateKey, 0o644);
    const warnings: string[] = [];
    await openSigningKey(keys.privateKey, (line) => warnings.push(line));
    expect(warnings).toEqual([expect.stringContaining(`chmod 600 ${keys.privateKey}`)]);
  });

  it('refuses what is no Ed25519 private key, without quoting it', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const path = join(home, 'wrong.key');
    for (const content of [pem, pem.replaceAll('\n', ' '), 'secret', '']) {
      await writeFile(path, content, { mode: 0o600 });
      const refused = await openSigningKey(path, nobody).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UsageError);
      expect(String(refused)).toContain('openssl genpkey -algorithm ed25519');
      expect(String(refused)).not.toContain(pem.split('\n')[1]);
      expect(String(refused)).not.toContain('secret');
    }
    await expect(openSigningKey(keys.publicKey, nobody)).rejects.toThrow(/not an Ed25519 private/);
    await expect(openSigningKey(join(home, 'none'), nobody)).rejects.toThrow(/ENOENT/);
  });
});

describe('readTrustedKeys()', () => {
  it('refuses a private key and other files', async () => {
    await expect(readTrustedKeys([keys.privateKey])).rejects.toThrow(/is a private key.*-pubout/);
    const path = join(home, 'wrong.pub');
    await writeFile(path, 'ssh-ed25519 AAAA');
    await expect(readTrustedKeys([path])).rejects.toThrow(/not an Ed25519 public key/);
    await expect(readTrustedKeys([join(home, 'none')])).rejects.toThrow(/ENOENT/);
  });
});
