/** Who may use the routes of the operators' console: scripts with the key, and the console's page with a session. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fields } from '../../watch/log.ts';
import { Problem } from '../http/problem.ts';
import { visitorOf } from '../limits/visitor.ts';
import { placeOf } from '../watch/watch-requests.ts';
import { AdminKey, bearerKey } from './admin-key.ts';
import {
  OperatorSessions,
  SESSION_SECONDS,
  sessionCookie,
  sessionIn,
} from './operator-sessions.ts';
import { isFromOwnPage } from './same-origin.ts';
import { WrongKeys } from './wrong-keys.ts';

interface Options {
  readonly key: string;
  /** receives one line about wrong keys */
  readonly log: (line: string, fields: Fields) => void;
  /** called for each wrong key */
  readonly onWrongKey?: () => void;
  readonly clock: () => Date;
}

const NO_KEY =
  'This route needs the operators\' key as "Authorization: Bearer <key>". It is the OSUSUME_ADMIN_KEY of the server';

export class OperatorAccess {
  readonly #key: AdminKey;
  readonly #sessions: OperatorSessions;
  readonly #wrong: WrongKeys;
  readonly #onWrongKey: (() => void) | undefined;
  readonly #clock: () => Date;

  constructor({ key, log, onWrongKey, clock }: Options) {
    this.#key = new AdminKey(key);
    this.#sessions = new OperatorSessions(clock);
    this.#wrong = new WrongKeys({ log, clock: () => clock().getTime() });
    this.#onWrongKey = onWrongKey;
    this.#clock = clock;
  }

  /** A hook that lets only operators pass. @throws Problem 401, 403 or 429 */
  readonly guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization, cookie } = request.headers;
    const key = bearerKey(authorization);
    if (key !== undefined) return this.#check(key, request, reply);
    if (this.#sessions.endOf(sessionIn(cookie)) === null) throw unauthorized(reply);
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseOtherPages(request);
  };

  /** @returns when the new session ends; its cookie is set */
  async signIn(key: string, request: FastifyRequest, reply: FastifyReply): Promise<Date> {
    refuseOtherPages(request);
    await this.#check(key, request, reply);
    this.#setCookie(this.#sessions.open(), request, reply);
    return new Date(this.#clock().getTime() + SESSION_SECONDS * 1000);
  }

  /** @returns when the session of a page ends; null = there is none */
  sessionEnd({ headers }: FastifyRequest): Date | null {
    return this.#sessions.endOf(sessionIn(headers.cookie));
  }

  signOut(request: FastifyRequest, reply: FastifyReply): void {
    refuseOtherPages(request);
    this.#sessions.close(sessionIn(request.headers.cookie));
    this.#setCookie(null, request, reply);
  }

  /** Answers that are held back are given now. */
  stop(): void {
    this.#wrong.stop();
  }

  /** The right key passes at once, whatever was tried before. */
  async #check(key: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#key.equals(key)) return;
    // The client may have gone; then it has no address.
    this.#onWrongKey?.();
    const visitor = visitorOf(request.ip ?? 'unknown');
    const seconds = await this.#wrong.add(visitor, placeOf(request));
    if (seconds === null) throw unauthorized(reply);
    throw new Problem(
      429,
      `Too many wrong keys from this address; try again in ${seconds} s`,
      undefined,
      seconds,
    );
  }

  #setCookie(id: string | null, request: FastifyRequest, reply: FastifyReply): void {
    reply.header('set-cookie', sessionCookie(id, request.protocol === 'https'));
  }
}

function unauthorized(reply: FastifyReply): Problem {
  reply.header('www-authenticate', 'Bearer realm="operators"');
  return new Problem(401, NO_KEY);
}

function refuseOtherPages(request: FastifyRequest): void {
  if (isFromOwnPage(request)) return;
  throw new Problem(403, 'Only the console itself may do this, not a page of another site');
}
