/** Addresses in cloud storage: gs://bucket/prefix. */
import { UsageError } from '../error.ts';

export interface CloudAddress {
  readonly bucket: string;
  /** without slashes at its ends; '' = the whole bucket */
  readonly prefix: string;
}

export function isCloudAddress(text: string): boolean {
  return /^gs:\/\//i.test(text);
}

/** @throws UsageError that shows a valid one */
export function parseCloudAddress(text: string): CloudAddress {
  const [, bucket = '', rest = ''] = /^gs:\/\/([^/]*)\/*(.*)$/is.exec(text) ?? [];
  const prefix = rest.replace(/\/+$/, '');
  // https://cloud.google.com/storage/docs/buckets#naming
  if (!/^[a-z\d][a-z\d._-]{1,220}[a-z\d]$/.test(bucket))
    throw new UsageError(
      `"${text}" names no bucket (3 letters or more: a-z, 0-9, ".", "_", "-"): give an address like gs://my-bucket/osusume`,
    );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f*?[\]#]/.test(prefix) || prefix.split('/').some((part) => /^\.{0,2}$/.test(part)))
    if (prefix !== '')
      throw new UsageError(
        `"${text}" has a part that is empty, ".", "..", or a character that gcloud reads as a pattern: give an address like gs://my-bucket/osusume`,
      );
  return { bucket, prefix };
}

/** The name of an object below the address. */
export function objectName({ prefix }: CloudAddress, ...parts: readonly string[]): string {
  return [prefix, ...parts].filter((part) => part !== '').join('/');
}

/** For messages. */
export function showAddress(address: CloudAddress, ...parts: readonly string[]): string {
  return `gs://${[address.bucket, objectName(address, ...parts)].filter(Boolean).join('/')}`;
}
