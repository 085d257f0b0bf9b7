/** A picture and its type, found from its first bytes rather than from what it is called. */

export const EXTENSIONS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const;

export type PictureType = keyof typeof EXTENSIONS;

export interface Picture {
  readonly type: PictureType;
  readonly bytes: Buffer;
}

/** Larger pictures are refused; a poster has 20 to 300 kB. */
export const MAX_BYTES = 3 << 20;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @returns null for any other type */
export function typeOf(bytes: Buffer): PictureType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png';
  const ascii = bytes.toString('latin1', 0, 12);
  if (/^RIFF....WEBP$/s.test(ascii)) return 'image/webp';
  return /^....ftypavi[fs]$/s.test(ascii) ? 'image/avif' : null;
}

/** The type that a content-type names; null for any other. */
export function namedType(contentType: string | null): PictureType | null {
  const name = contentType?.split(';')[0].trim().toLowerCase() ?? '';
  return Object.hasOwn(EXTENSIONS, name) ? (name as PictureType) : null;
}
