/**
 * The work of one query. Its costly pieces (a search, a list, an entry of a long list with all its fields) run one after
 * the other, and other requests between them: graphql-js alone would run all of them in a row. Their time is measured.
 */
import { eventLoopTurn, TimeSlice } from '../../time-slice.ts';
import { Problem } from '../http/problem.ts';

/** ms that a query may take. The costliest that is accepted takes a tenth of it on a machine that is not busy. */
const MAX_MS = 1000;
/** Entries of a list that are answered in one piece. */
const SHORT_LIST = 20;

export interface WorkOptions {
  /** aborts when the client has left */
  readonly signal: AbortSignal;
  /** receives the ms of each piece */
  readonly charge: (ms: number) => void;
  /** the time in ms, for tests */
  readonly now?: () => number;
}

interface Piece {
  run(): void;
  refuse(why: Error): void;
}

export class QueryWork {
  readonly #options: Required<WorkOptions>;
  #pieces: Piece[] = [];
  #running = false;
  #spent = 0;

  constructor(options: WorkOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  /**
   * Runs a piece when it is its turn.
   * @throws Problem 400 when the query has taken too long, 499 when its client has left
   */
  run<T>(piece: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(piece());
        } catch (error) {
          reject(error);
        }
      };
      this.#pieces.push({ run, refuse: reject });
      if (!this.#running) void this.#runAll();
    });
  }

  /** A list whose entries are answered a few at a time. A short one is returned unchanged. */
  list<T>(entries: readonly T[]): readonly (T | Promise<T>)[] {
    if (entries.length <= SHORT_LIST) return entries;
    return entries.map((entry) => this.run(() => entry));
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    await eventLoopTurn();
    const { now, charge } = this.#options;
    const slice = new TimeSlice();
    for (let at = 0; at < this.#pieces.length; at++) {
      const from = now();
      const fault = this.#fault();
      if (fault) this.#pieces[at].refuse(fault);
      else this.#pieces[at].run();
      // Meanwhile graphql-js completes what depends on this piece.
      await Promise.resolve();
      const ms = now() - from;
      this.#spent += ms;
      charge(ms);
      if (slice.over) await slice.next();
    }
    this.#pieces = [];
    this.#running = false;
  }

  #fault(): Problem | null {
    if (this.#options.signal.aborted) return new Problem(499, 'The client has left');
    if (this.#spent <= MAX_MS) return null;
    return new Problem(
      400,
      `The query has taken more than ${MAX_MS} ms of the server's time. Ask for shorter lists, or in several queries`,
    );
  }
}
