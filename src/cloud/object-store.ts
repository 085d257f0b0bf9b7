/** A bucket of cloud storage, as much of it as is used here. Google's is in google-store.ts. */

export interface StoredObject {
  readonly name: string;
  readonly bytes: number;
  /** as `startChecksum` writes it; null = the store does not say */
  readonly checksum: string | null;
  /** another one each time the object is written */
  readonly generation: string;
  /** its bytes are gzip, although its name need not say so (Content-Encoding) */
  readonly gzipped: boolean;
}

/** A checksum that grows chunk by chunk. */
export interface Checksum {
  update(chunk: Uint8Array): void;
  toString(): string;
}

/** An upload that goes on where it stopped, also in another process. */
export interface UploadSession {
  /** lets anybody write this one object for a week: kept like a password */
  readonly uri: string;
  /** how many bytes the store has confirmed */
  readonly offset: number;
}

export interface NewObject {
  readonly name: string;
  readonly bytes: number;
  readonly checksum: string;
  /** of the object that it replaces; '0' = there must be none */
  readonly replaces: string;
}

export interface TransferOptions {
  readonly signal?: AbortSignal;
  /** bytes of the object that have passed so far */
  readonly onBytes?: (bytes: number) => void;
  /** bytes that the store has confirmed */
  readonly onConfirmed?: (bytes: number) => Promise<void>;
}

/** Each call makes its requests once; whoever calls decides about another try. All of them throw HttpError. */
export interface ObjectStore {
  startChecksum(): Checksum;
  /** The objects directly in a folder ('' = the bucket). */
  list(folder: string): Promise<StoredObject[]>;
  /** null = there is none */
  find(name: string): Promise<StoredObject | null>;
  /** The bytes from an offset on. It fails as "absent" when the object has been replaced. */
  read(object: StoredObject, from: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Writes small content in one request. It fails with status 412 when something else is there. */
  write(object: NewObject, content: Uint8Array): Promise<StoredObject>;
  startUpload(object: NewObject): Promise<UploadSession>;
  /** Sends the rest of a file. */
  upload(
    object: NewObject,
    path: string,
    session: UploadSession,
    options: TransferOptions,
  ): Promise<StoredObject>;
}
