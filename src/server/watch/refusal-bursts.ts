/** Warns when many requests are refused within a few seconds: an attack, a broken client, or a limit that is too low. */

/** ms that are counted together */
const WINDOW = 10_000;
/** refusals in a window that are worth a warning */
const MANY = 30;
/** kinds that a warning names */
const SHOWN = 3;
/** kinds that are counted apart: there are as many routes and statuses */
const MOST_KINDS = 200;

export interface BurstOptions {
  readonly warn: (line: string, fields: { readonly refused: number }) => void;
  readonly windowMs?: number;
}

export class RefusalBursts {
  readonly #warn: BurstOptions['warn'];
  readonly #windowMs: number;
  readonly #kinds = new Map<string, number>();
  #refused = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor({ warn, windowMs = WINDOW }: BurstOptions) {
    this.#warn = warn;
    this.#windowMs = windowMs;
  }

  /** Counts an answer with a status from 400 to 499. */
  add(method: string, route: string, status: number): void {
    this.#refused++;
    const kind = `${status} at ${method} ${route}`;
    const known = this.#kinds.get(kind);
    if (known !== undefined || this.#kinds.size < MOST_KINDS)
      this.#kinds.set(kind, (known ?? 0) + 1);
    this.#timer ??= setTimeout(() => this.#end(), this.#windowMs).unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#end();
  }

  #end(): void {
    if (this.#refused >= MANY) this.#warn(this.#line(), { refused: this.#refused });
    this.#timer = null;
    this.#refused = 0;
    this.#kinds.clear();
  }

  #line(): string {
    const most = [...this.#kinds].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
    const kinds = most.map(([kind, count]) => `${count} × ${kind}`).join(', ');
    return `${this.#refused} requests were refused within ${this.#windowMs / 1000} s: ${kinds}`;
  }
}
