/** The language model as visitors may use it: within a budget, a few at a time, for so long, and not while it is ill. */
import { Budget } from './budget.ts';
import type { LanguageModel, Message } from './language-model.ts';

/** Why the model did not write. */
export type Why = 'off' | 'budget' | 'busy' | 'slow' | 'unavailable' | 'unfit';

export class NoModelText extends Error {
  override readonly name = 'NoModelText';
  constructor(
    readonly why: Why,
    detail: string,
  ) {
    super(detail);
  }
}

export interface AccessOptions {
  /** null = there is none */
  readonly model: LanguageModel | null;
  /** seconds for a whole answer; default 20 */
  readonly timeLimit?: number;
  /** answers written at the same time; default 4 */
  readonly atOnce?: number;
  /** answers an hour, of one visitor and of all; default 30 and 600 */
  readonly perVisitor?: number;
  readonly perHour?: number;
  readonly clock?: () => number;
}

export interface Requester {
  /** whose budget it is: an address */
  readonly visitor: string;
  /** aborts when the visitor leaves */
  readonly signal: AbortSignal;
}

/** After so many failures in a row nobody is made to wait for a while. */
const FAILURES = 3;
const REST = 30_000;

export class ModelAccess {
  readonly model: LanguageModel | null;
  readonly #options: { timeLimit: number; atOnce: number; clock: () => number };
  readonly #budget: Budget;
  #active = 0;
  #failures = 0;
  #restsUntil = 0;

  constructor(options: AccessOptions) {
    const { model, timeLimit = 20, atOnce = 4, clock = Date.now } = options;
    const { perVisitor = 30, perHour = 600 } = options;
    this.model = model;
    this.#options = { timeLimit, atOnce, clock };
    this.#budget = new Budget({ perVisitor, perHour, clock });
  }

  /**
   * The model's answer, piece by piece. Whoever stops reading ends the writing.
   * @throws NoModelText
   */
  async *write(
    messages: readonly Message[],
    { visitor, signal }: Requester,
    json = false,
  ): AsyncGenerator<string> {
    const model = this.#admit(visitor);
    const stop = new AbortController();
    const limit = AbortSignal.timeout(1000 * this.#options.timeLimit);
    this.#active++;
    try {
      yield* model.write(messages, { signal: AbortSignal.any([signal, limit, stop.signal]), json });
      if (limit.aborted) throw new Error('it took too long');
      this.#failures = 0;
    } catch (error) {
      throw this.#failure(error, signal, limit);
    } finally {
      this.#active--;
      stop.abort();
    }
  }

  #admit(visitor: string): LanguageModel {
    if (this.model === null) throw new NoModelText('off', 'no language model is configured');
    if (this.#options.clock() < this.#restsUntil)
      throw new NoModelText('unavailable', 'it failed again and again, and rests');
    if (this.#active >= this.#options.atOnce)
      throw new NoModelText('busy', `${this.#active} answers are being written`);
    if (!this.#budget.take(visitor))
      throw new NoModelText('budget', 'the budget of the hour is spent');
    return this.model;
  }

  #failure(error: unknown, signal: AbortSignal, limit: AbortSignal): NoModelText {
    // A visitor who leaves says nothing about the model.
    if (signal.aborted) return new NoModelText('unavailable', 'the visitor left');
    if (++this.#failures >= FAILURES) this.#restsUntil = this.#options.clock() + REST;
    if (limit.aborted) return new NoModelText('slow', `more than ${this.#options.timeLimit} s`);
    return new NoModelText('unavailable', briefly(error));
  }
}

/** A status where there is one: a server's own words could quote what it was sent. */
function briefly(error: unknown): string {
  const status: unknown = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number') return `it answered with status ${status}`;
  return error instanceof Error ? error.name : 'unknown failure';
}
