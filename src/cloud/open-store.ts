/** Opens the bucket of an address. The client of the store is loaded here, and nowhere else. */
import type { CloudAddress } from './address.ts';
import type { ObjectStore } from './object-store.ts';

/** Where the store is, and how patient one is with it. */
export interface CloudOptions {
  /** of another server that speaks the protocol of Google Cloud Storage; null = Google's */
  readonly endpoint?: string | null;
  /** ms without a byte after which a transfer is broken off and tried again; default: 20 s */
  readonly idleMs?: number;
}

export async function openStore(
  { bucket }: CloudAddress,
  { endpoint = null, idleMs = 20_000 }: CloudOptions = {},
): Promise<ObjectStore> {
  const { googleStore } = await import('./google-store.ts');
  return googleStore(bucket, { endpoint, idleMs });
}
