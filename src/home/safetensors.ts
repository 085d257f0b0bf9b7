/**
 * The safetensors format (https://github.com/huggingface/safetensors): an 8-byte little-endian header
 * length, a JSON header { name: { dtype, shape, data_offsets } }, then the tensors' bytes.
 */
import { open } from 'node:fs/promises';
import { ArtefactError, DamagedFileError } from '../error.ts';
import { BLOCK, type BlockChecksums } from './checksum.ts';
import { PRIVATE_FILE } from './modes.ts';

export type TensorData = Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

const DTYPES = {
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
} as const;
type Dtype = keyof typeof DTYPES;

const ALIGNMENT = 64;

/** Writes tensors and string metadata. A tensor's data may have any length that its shape multiplies to. */
export async function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size !== data.length)
      throw new RangeError(
        `writeSafetensors: "${name}" has ${data.length} values, its shape [${shape}] wants ${size}`,
      );
    header[name] = {
      dtype: dtypeOf(data),
      shape,
      data_offsets: [offset, offset + data.byteLength],
    };
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil((8 + json.length) / ALIGNMENT) * ALIGNMENT - 8;
  const head = Buffer.alloc(8 + padded, ' ');
  head.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(head, 8);
  const file = await open(path, 'wx', PRIVATE_FILE);
  try {
    await writeAll(file, head);
    for (const { data } of Object.values(tensors))
      await writeAll(
        file,
        new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
      );
  } finally {
    await file.close();
  }
}

/** An open safetensors file: read all of a tensor, or a part of it. */
export class SafetensorsFile {
  private constructor(
    readonly path: string,
    readonly metadata: Readonly<Record<string, string>>,
    private readonly file: Awaited<ReturnType<typeof open>>,
    private readonly entries: ReadonlyMap<
      string,
      { dtype: Dtype; shape: number[]; from: number; to: number }
    >,
    private readonly blocks: BlockChecksums | null,
  ) {}

  /**
   * @param blocks checksums that every read is compared with
   * @throws ArtefactError when the file is missing, is not safetensors or is truncated
   */
  static async open(path: string, blocks: BlockChecksums | null = null): Promise<SafetensorsFile> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      // Other errors may pass, e.g. too many open files; a missing file will not appear by itself.
      if (error.code !== 'ENOENT') throw error;
      throw new ArtefactError(`${path} is missing: run the stage that makes it again`);
    });
    try {
      const { metadata, entries } = await readHeader(path, file);
      return new SafetensorsFile(path, metadata, file, entries, blocks);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  shape(name: string): readonly number[] {
    return this.entry(name).shape;
  }

  /**
   * Values [from, to) of a tensor, flattened.
   * @throws ArtefactError when the tensor is absent or has another type than `type`; DamagedFileError when the file is not
   * what its checksums were made from
   */
  async read<T extends TensorData>(
    name: string,
    type: TensorType<T>,
    from = 0,
    to?: number,
  ): Promise<T> {
    const entry = this.entry(name);
    const expected = DTYPES[entry.dtype] as unknown;
    if (expected !== type)
      throw new ArtefactError(`${this.path}: "${name}" is ${entry.dtype}, expected ${type.name}`);
    const width = type.BYTES_PER_ELEMENT;
    const length = (entry.to - entry.from) / width;
    const values = new type(Math.max(0, (to ?? length) - from));
    const bytes = new Uint8Array(values.buffer as ArrayBuffer);
    await this.readBytes(bytes, entry.from + from * width);
    return values;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** With checksums whole blocks are read, and checked. */
  private async readBytes(bytes: Uint8Array, position: number): Promise<void> {
    const { path, file, blocks } = this;
    if (blocks === null) return readAll(path, file, bytes, position);
    if (bytes.length === 0) return;
    const from = position - (position % BLOCK);
    const to = Math.min(blocks.bytes, Math.ceil((position + bytes.length) / BLOCK) * BLOCK);
    // A large tensor is read in parts, so that it is not in memory twice.
    for (let at = from; at < to; at += CHECKED) {
      const part = new Uint8Array(Math.min(CHECKED, to - at));
      await readAll(path, file, part, at).catch((error: Error) => {
        throw new DamagedFileError(`${error.message}. ${PUT_BACK}`);
      });
      const damaged = blocks.firstDamaged(part, at);
      if (damaged >= 0)
        throw new DamagedFileError(
          `${path} is damaged: the ${BLOCK} bytes from ${damaged} on are not those of when it was opened. ${PUT_BACK}`,
        );
      const skipped = Math.max(0, position - at);
      bytes.set(part.subarray(skipped, position + bytes.length - at), at + skipped - position);
    }
  }

  private entry(name: string) {
    const entry = this.entries.get(name);
    if (!entry)
      throw new ArtefactError(
        `${this.path} has no tensor "${name}"; it has ${this.names().join(', ')}`,
      );
    return entry;
  }
}

/** Bytes that are read and checked together, a multiple of BLOCK. */
const CHECKED = 1 << 20;
const PUT_BACK = 'Put the file back from a copy, or run the stage that makes it again';

export interface TensorType<T extends TensorData> {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
}

type FileHandle = Awaited<ReturnType<typeof open>>;

async function readHeader(path: string, file: FileHandle) {
  const size = (await file.stat()).size;
  const first = new Uint8Array(8);
  if (size < 8) throw new ArtefactError(`${path} is truncated: ${size} bytes`);
  await readAll(path, file, first, 0);
  const length = Number(Buffer.from(first).readBigUInt64LE(0));
  if (length > Math.min(size - 8, 100_000_000))
    throw new ArtefactError(
      `${path} is not a safetensors file, or is truncated: its header should take ${length} of ${size} bytes`,
    );
  const json = new Uint8Array(length);
  await readAll(path, file, json, 8);
  const header = parseHeader(path, Buffer.from(json).toString('utf8'));
  const entries = new Map<string, { dtype: Dtype; shape: number[]; from: number; to: number }>();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    entries.set(name, checkEntry(path, name, value, 8 + length, size));
  }
  return { metadata: (header.__metadata__ ?? {}) as Record<string, string>, entries };
}

function parseHeader(path: string, text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {
    // falls through to the error below
  }
  throw new ArtefactError(`${path} is not a safetensors file: its header is not a JSON object`);
}

function checkEntry(path: string, name: string, value: unknown, base: number, size: number) {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (value ?? {}) as { dtype?: string; shape?: number[]; data_offsets?: number[] };
  if (!dtype || !(dtype in DTYPES) || !Array.isArray(shape) || !Array.isArray(offsets)) {
    throw new ArtefactError(
      `${path}: the entry of "${name}" is malformed: ${JSON.stringify(value)}`,
    );
  }
  const bytes =
    shape.reduce((product, extent) => product * extent, 1) *
    DTYPES[dtype as Dtype].BYTES_PER_ELEMENT;
  const [from, to] = offsets;
  if (to - from !== bytes || base + to > size) {
    throw new ArtefactError(
      `${path} is truncated or altered: "${name}" should end at byte ${base + to}, the file has ${size}`,
    );
  }
  return { dtype: dtype as Dtype, shape, from: base + from, to: base + to };
}

function dtypeOf(data: TensorData): Dtype {
  for (const [dtype, type] of Object.entries(DTYPES))
    if (data instanceof type) return dtype as Dtype;
  throw new TypeError('writeSafetensors: unsupported array type');
}

/** One write call moves at most 2 GiB on some systems. */
const CHUNK = 1 << 28;

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, Math.min(CHUNK, bytes.length - at));
    at += bytesWritten;
  }
}

async function readAll(
  path: string,
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(
      bytes,
      at,
      Math.min(CHUNK, bytes.length - at),
      position + at,
    );
    if (bytesRead === 0)
      throw new ArtefactError(
        `${path} ended early: expected ${bytes.length - at} more bytes at ${position + at}`,
      );
    at += bytesRead;
  }
}
