/** An object of cloud storage → a whole file. */
import { OsusumeError } from '../error.ts';
import { HttpError } from '../net/http-error.ts';
import { NO_PROGRESS } from '../progress.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { DamagedTransfer, forget, type ReceiveOptions, transfer } from './transfer.ts';

/** How often a transfer starts over because the object was replaced, or arrived damaged. */
const RESTARTS = 3;

/**
 * Fetches a whole object. It starts over when the object is replaced meanwhile, or arrives damaged.
 * @returns the object that has arrived
 * @throws HttpError when the store refuses or keeps breaking off; OsusumeError when what arrives is damaged each time
 */
export async function receive(
  store: ObjectStore,
  object: StoredObject,
  part: string,
  options: ReceiveOptions,
): Promise<StoredObject> {
  const { label, progress = NO_PROGRESS } = options;
  for (let restarts = 0; ; restarts++) {
    try {
      progress.step(`fetching ${label}`, object.bytes, 'bytes');
      let bytes = 0;
      for await (const chunk of transfer(store, object, part, options)) {
        bytes += chunk.length;
        progress.update(bytes);
      }
      return object;
    } catch (error) {
      const replaced = await replacement(store, object, error);
      if (!replaced && !(error instanceof DamagedTransfer)) throw error;
      await forget(part);
      if (restarts === RESTARTS)
        throw replaced
          ? new OsusumeError(
              `Fetching ${label} failed: it was replaced ${restarts + 1} times while it was being fetched. Run the command again when nobody writes there`,
            )
          : error;
      object = replaced ?? object;
      progress.note(
        replaced
          ? `${label} was replaced while it was being fetched; starting over`
          : `${(error as Error).message}; starting over`,
      );
    }
  }
}

/** @returns the object that took the place of the one that is gone; null = that is not why it failed */
export async function replacement(
  store: ObjectStore,
  object: StoredObject,
  error: unknown,
): Promise<StoredObject | null> {
  if (!(error instanceof HttpError) || error.failure !== 'absent') return null;
  const found = await store.find(object.name);
  return found && found.generation !== object.generation ? found : null;
}
