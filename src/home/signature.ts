/**
 * Ed25519 signatures of artefacts: manifest.sig holds the 64 bytes of a signature over the exact bytes of manifest.json,
 * which lists the SHA-256 of every file. "openssl pkeyutl -rawin" makes and verifies the same files.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TamperedError, UnsignedError, UsageError } from '../error.ts';

const SIGNATURE_FILE = 'manifest.sig';
/** Permissions of a file for its group and for everybody. */
const OTHERS = 0o077;

/** A public key that bundles are accepted from. */
export interface TrustedKey {
  readonly key: KeyObject;
  /** SHA-256 of the key in DER (SubjectPublicKeyInfo), in hex */
  readonly fingerprint: string;
}

/** Makes the signature of a manifest. */
export type Sign = (manifest: Uint8Array) => Uint8Array;

export interface Signature {
  /** `unchecked`: signed, but no key was named to verify it with */
  readonly status: 'unsigned' | 'unchecked' | 'verified';
  /** fingerprint of the key that the signature was verified with */
  readonly key: string | null;
}

/**
 * Reads a private key in PEM (PKCS #8).
 * @param warn receives a line when other users of the machine can read the key
 * @throws UsageError when the file is not an Ed25519 key; the message never contains its content
 */
export async function openSigningKey(path: string, warn: (line: string) => void): Promise<Sign> {
  const key = readKey(path, await readPem(path), createPrivateKey, 'private key');
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
    warn(`Others can read the signing key ${path}: run "chmod 600 ${path}"`);
  return (manifest) => signBytes(null, manifest, key);
}

/**
 * Reads public keys in PEM (SubjectPublicKeyInfo), one a file.
 * @throws UsageError when a file is not an Ed25519 public key
 */
export function readTrustedKeys(paths: readonly string[]): Promise<TrustedKey[]> {
  return Promise.all(
    paths.map(async (path) => {
      const pem = await readPem(path);
      // createPublicKey() would also derive a public key from a private one, which has no place on a server.
      if (pem.includes('PRIVATE KEY'))
        throw new UsageError(
          `${path} is a private key, and a server needs the public one: openssl pkey -in <private key> -pubout -out <public key>`,
        );
      const key = readKey(path, pem, createPublicKey, 'public key');
      const der = key.export({ type: 'spki', format: 'der' });
      return { key, fingerprint: createHash('sha256').update(der).digest('hex') };
    }),
  );
}

export function signatureFile(folder: string): string {
  return join(folder, SIGNATURE_FILE);
}

/**
 * Checks the signature of a version.
 * @param manifest the exact bytes of its manifest.json
 * @param trust keys that it is accepted from; without any, everything is accepted
 * @throws UnsignedError when keys are trusted and it is not signed; TamperedError when no trusted key made the signature
 */
export async function checkSignature(
  folder: string,
  manifest: Uint8Array,
  trust: readonly TrustedKey[],
): Promise<Signature> {
  const signature = await readSignature(folder);
  if (trust.length === 0)
    return { status: signature === null ? 'unsigned' : 'unchecked', key: null };
  if (signature === null)
    throw new UnsignedError(
      `${folder} is not signed, and only bundles signed by a trusted key are accepted: publish it with --sign <private key>`,
    );
  const signer = trust.find(({ key }) => verifyBytes(null, manifest, key, signature));
  if (signer) return { status: 'verified', key: signer.fingerprint };
  throw new TamperedError(
    `${folder} has been tampered with, or was signed by another key: the signature in ${SIGNATURE_FILE} is not one of manifest.json by a trusted key (${trust.map(({ fingerprint }) => fingerprint.slice(0, 16)).join(', ')}). Find out who changed it before you publish again`,
  );
}

async function readSignature(folder: string): Promise<Uint8Array | null> {
  try {
    return await readFile(signatureFile(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read the key ${path} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}): check the path and its permissions`,
    );
  }
}

function readKey(
  path: string,
  pem: string,
  read: (pem: string) => KeyObject,
  what: 'private key' | 'public key',
): KeyObject {
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // An error of the parser may quote the file.
  }
  throw new UsageError(
    `${path} is not an Ed25519 ${what} in PEM: "openssl genpkey -algorithm ed25519" makes a private key, "openssl pkey -pubout" its public key`,
  );
}
