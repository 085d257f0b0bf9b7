/** Key pairs of signed bundles, written as the files that "openssl genpkey" and "openssl pkey -pubout" make. */
import { generateKeyPairSync } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface KeyFiles {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** @param name of the files, when a test needs several pairs */
export async function signingKeys(folder: string, name = 'signing'): Promise<KeyFiles> {
  const pair = generateKeyPairSync('ed25519');
  const privateKey = join(folder, `${name}.key`);
  const publicKey = join(folder, `${name}.pub`);
  await writeFile(privateKey, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await chmod(privateKey, 0o600);
  await writeFile(publicKey, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return { privateKey, publicKey };
}
