/** Limits the use of the language model: a budget, requests at the same time, a time limit, and a pause after failures. */
import { type Meter, NO_METER } from '../watch/meter.ts';
import { Budget } from './budget.ts';
import type { LanguageModel, Message } from './language-model.ts';

/** Why there is no text by the model. */
export type FallbackReason = 'off' | 'budget' | 'busy' | 'slow' | 'unavailable' | 'unfit';

export class NoModelText extends Error {
  override readonly name = 'NoModelText';
  constructor(
    readonly why: FallbackReason,
    detail: string,
  ) {
    super(detail);
  }
}

export interface AccessOptions {
  /** null = not configured */
  readonly model: LanguageModel | null;
  /** seconds for a whole answer; default 20 */
  readonly timeLimit?: number;
  /** answers written at the same time; default 4 */
  readonly atOnce?: number;
  /** answers an hour, of one visitor and of all; default 30 and 600 */
  readonly perVisitor?: number;
  readonly perHour?: number;
  readonly clock?: () => number;
  /** called for each answer, with what is left of the budget */
  readonly meter?: Meter;
}

export interface Requester {
  /** whose budget is charged: an IP address */
  readonly visitor: string;
  /** aborts when the visitor leaves */
  readonly signal: AbortSignal;
}

/** After this many failures in a row the model is not asked for a while. */
const MAX_FAILURES = 3;
const PAUSE = 30_000;
/** in metrics */
const UPSTREAM = 'language-model';

export class ModelAccess {
  readonly model: LanguageModel | null;
  readonly #options: { timeLimit: number; atOnce: number; clock: () => number };
  readonly #budget: Budget;
  readonly #meter: Meter;
  #active = 0;
  #failures = 0;
  #pausedUntil = 0;

  constructor(options: AccessOptions) {
    const { model, timeLimit = 20, atOnce = 4, clock = Date.now } = options;
    const { perVisitor = 30, perHour = 600, meter = NO_METER } = options;
    this.model = model;
    this.#options = { timeLimit, atOnce, clock };
    this.#budget = new Budget({ perVisitor, perHour, clock });
    this.#meter = meter;
    if (model) meter.budget(UPSTREAM, () => this.#budget.left);
  }

  /**
   * The model's answer in pieces. The request is aborted when the reader stops.
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
      this.#meter.asked(UPSTREAM, 'answered');
    } catch (error) {
      throw this.#failure(error, signal, limit);
    } finally {
      this.#active--;
      stop.abort();
    }
  }

  #admit(visitor: string): LanguageModel {
    if (this.model === null) throw new NoModelText('off', 'no language model is configured');
    if (this.#options.clock() < this.#pausedUntil)
      throw new NoModelText(
        'unavailable',
        'it failed several times in a row and is not asked for a while',
      );
    if (this.#active >= this.#options.atOnce)
      throw new NoModelText('busy', `${this.#active} answers are being written`);
    if (!this.#budget.take(visitor))
      throw new NoModelText('budget', 'the budget for this hour is used up');
    return this.model;
  }

  #failure(error: unknown, signal: AbortSignal, limit: AbortSignal): NoModelText {
    // A visitor who leaves is not a failure of the model.
    if (signal.aborted) return new NoModelText('unavailable', 'the visitor left');
    this.#meter.asked(UPSTREAM, limit.aborted ? 'slow' : 'failing');
    if (++this.#failures >= MAX_FAILURES) this.#pausedUntil = this.#options.clock() + PAUSE;
    if (limit.aborted) return new NoModelText('slow', `more than ${this.#options.timeLimit} s`);
    return new NoModelText('unavailable', reasonOf(error));
  }
}

/** The status, if there is one. The server's message could quote the prompt. */
function reasonOf(error: unknown): string {
  const status: unknown = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number') return `it answered with status ${status}`;
  return error instanceof Error ? error.name : 'unknown failure';
}
