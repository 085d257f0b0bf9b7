/** The text of a wish, of which readers take the parts that they understand. What nobody takes was not understood. */

export interface Span {
  readonly from: number;
  /** exclusive */
  readonly to: number;
}

export interface Found extends Span {
  readonly groups: readonly (string | undefined)[];
}

/** Stands for a letter that has been taken, so that positions stay as they are. */
const TAKEN = '‖';

export class Message {
  /** in the usual width, with single spaces */
  readonly text: string;
  #open: string;
  readonly #unread: Span[] = [];

  constructor(message: string) {
    this.text = message
      .normalize('NFKC')
      .replaceAll(TAKEN, ' ')
      .replace(/[‘’ʼ]/g, "'")
      .replace(/\s+/gu, ' ')
      .trim();
    this.#open = this.text;
  }

  /** The text with a mark in place of each letter that has been taken. */
  get open(): string {
    return this.#open;
  }

  /** Parts that a reader recognised without being able to do what they ask for. */
  get refused(): readonly Span[] {
    return this.#unread;
  }

  take({ from, to }: Span): void {
    this.#open = this.#open.slice(0, from) + TAKEN.repeat(to - from) + this.#open.slice(to);
  }

  /** Takes a part that has to be named as not understood. */
  refuse(span: Span): void {
    this.#unread.push(span);
    this.take(span);
  }

  /** Every match in what is open. @param pattern global */
  find(pattern: RegExp): Found[] {
    return [...this.#open.matchAll(pattern)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      groups: match.slice(1),
    }));
  }

  /** Takes all matches, and says whether there were any. @param pattern global */
  takes(pattern: RegExp): boolean {
    const found = this.find(pattern);
    for (const span of found) this.take(span);
    return found.length > 0;
  }

  isTaken(at: number): boolean {
    return this.#open[at] === TAKEN;
  }

  said({ from, to }: Span): string {
    return this.text.slice(from, to);
  }
}
