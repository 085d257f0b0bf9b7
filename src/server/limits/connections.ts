/**
 * The server's open connections, and who may have one. When there are too many, the one that has waited longest without
 * a complete request makes room: a thousand sockets that send a byte each keep nobody out.
 */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Connection } from './connection.ts';
import type { OwnAddresses } from './own-address.ts';
import { readAway } from './read-away.ts';
import { visitorOf } from './visitor.ts';

export interface ConnectionLimits {
  readonly connections: number;
  /** Infinity = no limit */
  readonly perVisitor: number;
  readonly own: Pick<OwnAddresses, 'has'>;
  /** called for each connection that was closed because there were too many */
  readonly onLimited?: () => void;
}

export class Connections implements Iterable<Connection> {
  /** the oldest first */
  readonly #open = new Map<Socket, Connection>();
  readonly #byVisitor = new Map<string, number>();
  readonly #limits: ConnectionLimits;

  constructor(server: Server, limits: ConnectionLimits) {
    this.#limits = limits;
    server.on('connection', (socket) => this.#add(socket));
  }

  get size(): number {
    return this.#open.size;
  }

  of(socket: Socket): Connection | undefined {
    return this.#open.get(socket);
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#open.values();
  }

  #add(socket: Socket): void {
    const { own, connections, perVisitor } = this.#limits;
    const visitor = visitorOf(socket.remoteAddress);
    const isLimited = perVisitor !== Number.POSITIVE_INFINITY && !own.has(visitor);
    const isFull = this.size >= connections && !this.#makeRoom();
    const hasMany = isLimited && (this.#byVisitor.get(visitor) ?? 0) >= perVisitor;
    if (isFull || (hasMany && !this.#makeRoom(visitor))) {
      this.#limits.onLimited?.();
      return void socket.destroy();
    }
    const now = performance.now();
    const state = { request: null, response: null, startedAt: now, received: 0, waiting: [] };
    const connection: Connection = { socket, visitor, ...state, sent: 0, sentAt: now };
    this.#open.set(socket, connection);
    this.#byVisitor.set(visitor, (this.#byVisitor.get(visitor) ?? 0) + 1);
    socket.once('close', () => this.#remove(connection));
    readAway(connection);
  }

  #remove({ socket, visitor }: Connection): void {
    // Where it made room, it has been removed already.
    if (!this.#open.delete(socket)) return;
    const left = (this.#byVisitor.get(visitor) ?? 1) - 1;
    if (left > 0) this.#byVisitor.set(visitor, left);
    else this.#byVisitor.delete(visitor);
  }

  /**
   * Closes the connection that is needed least: the oldest that never sent a whole request, else the oldest that is
   * idle, else the oldest whose body is not complete.
   * @param visitor only of this one
   */
  #makeRoom(visitor?: string): boolean {
    let idle: Connection | undefined;
    let receiving: Connection | undefined;
    for (const connection of this) {
      if (visitor !== undefined && connection.visitor !== visitor) continue;
      const { request, socket } = connection;
      if (request !== null) {
        if (!request.complete) receiving ??= connection;
      } else if (socket.bytesWritten === 0) return this.#close(connection);
      else idle ??= connection;
    }
    const found = idle ?? receiving;
    return found !== undefined && this.#close(found);
  }

  #close(connection: Connection): true {
    this.#limits.onLimited?.();
    this.#remove(connection);
    connection.socket.destroy();
    return true;
  }
}

/** files that a server has open besides connections, and requests to other sites */
const OTHER_FILES = 200;
/** More than a process needs that answers two thousand requests a second. */
const MOST_CONNECTIONS = 4096;
/** where the system does not say: the least that systems allow a process */
const USUAL_FILES = 1024;

/** As many connections as the process may have open files for. */
export function connectionsByFiles(
  read: () => string = () => readFileSync('/proc/self/limits', 'utf8'),
): number {
  let files = USUAL_FILES;
  try {
    const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(read()) ?? [];
    files = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft ?? USUAL_FILES);
  } catch {
    // Only Linux has this file.
  }
  return Math.max(64, Math.min(MOST_CONNECTIONS, files - OTHER_FILES));
}
