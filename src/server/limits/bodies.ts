/**
 * How much of large bodies the server holds at the same time, in all and of one visitor, and how far a packed body may
 * unpack. A body is held until its request is answered.
 */
import type { Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import type { LimitSettings } from '../../config/limit-settings.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { visitorOf } from './visitor.ts';

/** Bytes of a body that is never refused for the sake of others: the lists of most people. */
const SMALL = 64 << 10;
/** The part of all that one visitor may have under way. */
const SHARE = 1 / 3;
/** A list packs to a tenth; a CSV of one repeated row to a fiftieth. */
const MOST_UNPACKED = 100;
/** Bytes up to which it does not matter how far a body unpacks. */
const HARMLESS = 1 << 20;

/** A body in chunks of a byte each costs a thousand times what the same body costs in one piece. */
const TINY = 64;
/** Chunks that may be as small as that: of a client that writes line by line. */
const MOST_TINY = 10_000;
/** Bytes that are passed on at once; less than that waits for what arrives in the same turn of the event loop. */
const JOINED = 16 << 10;

class Held {
  total = 0;
  readonly #byVisitor = new Map<string, number>();

  of(visitor: string): number {
    return this.#byVisitor.get(visitor) ?? 0;
  }

  add(visitor: string, bytes: number): void {
    this.total += bytes;
    const left = this.of(visitor) + bytes;
    if (left > 0) this.#byVisitor.set(visitor, left);
    else this.#byVisitor.delete(visitor);
  }
}

/** Called when bodies were too many: those of one visitor, or of all. */
type OnLimited = (reason: 'visitor-bodies' | 'bodies') => void;

/** Call it after compression has been set up: bodies are counted as they unpack. */
export function limitBodies(
  app: App,
  { bodyMegabytes }: Pick<LimitSettings, 'bodyMegabytes'>,
  onLimited: OnLimited = () => {},
): void {
  const most = bodyMegabytes << 20;
  const held = new Held();
  const meter: preParsingHookHandler = (request, reply, payload, done) => {
    if (!mayBeLarge(request)) return done(null, payload);
    const metered = new BodyMeter(payload, request, { held, most, onLimited });
    reply.raw.once('close', () => metered.release());
    // Not by pipeline(): it would close the connection before a refusal is read.
    payload.pipe(metered);
    payload.on('error', (error) => metered.destroy(error));
    // A parser that has refused the body no longer listens: what is found later must not end the process.
    metered.on('error', () => {});
    done(null, metered);
  };
  // Unpacking is a hook of each route; this one comes after it.
  app.addHook('onRoute', (route) => {
    route.preParsing = [route.preParsing ?? [], meter].flat();
  });
}

function mayBeLarge({ headers }: FastifyRequest): boolean {
  const { 'transfer-encoding': chunked, 'content-encoding': packed } = headers;
  if (chunked !== undefined || packed !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > SMALL;
}

type Payload = NodeJS.ReadableStream & { receivedEncodedLength?: number };

interface BodyLimits {
  readonly held: Held;
  readonly most: number;
  readonly onLimited: OnLimited;
}

/** Passes a body on, and ends it with a problem when it takes more than it may. */
class BodyMeter extends Transform {
  readonly #payload: Payload;
  readonly #visitor: string;
  readonly #limits: BodyLimits;
  readonly #packed: () => number;
  readonly #socket: Socket;
  #bytes = 0;
  #chunks = 0;
  #counted = 0;
  #joined: Buffer[] = [];
  #joinedBytes = 0;

  constructor(payload: Payload, request: FastifyRequest, limits: BodyLimits) {
    super();
    this.#payload = payload;
    this.#visitor = visitorOf(request.ip);
    this.#limits = limits;
    const { socket } = request.raw;
    this.#socket = socket;
    const before = socket.bytesRead;
    this.#packed = () => SMALL + socket.bytesRead - before;
  }

  /** Fastify compares it with the content-length. */
  get receivedEncodedLength(): number {
    return this.#payload.receivedEncodedLength ?? this.#bytes;
  }

  release(): void {
    this.#limits.held.add(this.#visitor, -this.#counted);
    this.#counted = 0;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#bytes += chunk.length;
    const isTiny = ++this.#chunks > MOST_TINY && this.#bytes < TINY * this.#chunks;
    // Whoever does that wants no answer.
    if (isTiny) this.#socket.destroy();
    const refusal = this.#refusal(chunk.length);
    if (refusal) return void done(refusal);
    this.#joined.push(chunk.length < TINY ? Buffer.from(chunk) : chunk);
    this.#joinedBytes += chunk.length;
    if (this.#joinedBytes >= JOINED) this.#flushJoined();
    else if (this.#joined.length === 1) setImmediate(() => this.#flushJoined());
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#flushJoined();
    done();
  }

  #flushJoined(): void {
    const { length } = this.#joined;
    if (length > 0 && !this.destroyed)
      this.push(length === 1 ? this.#joined[0] : Buffer.concat(this.#joined));
    this.#joined = [];
    this.#joinedBytes = 0;
  }

  #refusal(bytes: number): Problem | undefined {
    if (this.#bytes > HARMLESS && this.#bytes > MOST_UNPACKED * this.#packed())
      return new Problem(
        413,
        `The body unpacks to more than ${MOST_UNPACKED} times its size, as no list does. Send it unpacked`,
      );
    const { held, most, onLimited } = this.#limits;
    if (this.#bytes > SMALL) {
      if (held.of(this.#visitor) + bytes > SHARE * most) {
        onLimited('visitor-bodies');
        return new Problem(
          429,
          'Your address has many large bodies under way. Wait until they are answered',
          undefined,
          5,
        );
      }
      if (held.total + bytes > most) {
        onLimited('bodies');
        return new Problem(
          503,
          'The server has many large bodies under way. Try again in a few seconds',
          undefined,
          5,
        );
      }
    }
    held.add(this.#visitor, bytes);
    this.#counted += bytes;
    return undefined;
  }
}
