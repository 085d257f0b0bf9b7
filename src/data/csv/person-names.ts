/**
 * Names of people → numbers, from 1 as they come. Names are kept nowhere: only the numbers are written, and this table is
 * gone when the file has been read.
 */
export class PersonNames {
  readonly #numbers = new Map<string, number>();
  /** of the row before: files are mostly sorted by person */
  #last = new Uint8Array(0);
  #lastNumber = 0;

  get count(): number {
    return this.#numbers.size;
  }

  /** @param bytes [from, to) is the name in whatever encoding: only equality matters */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    const last = this.#last;
    const length = to - from;
    let same = length === last.length;
    for (let i = 0; same && i < length; i++) same = bytes[from + i] === last[i];
    if (same && length > 0) return this.#lastNumber;
    this.#last = bytes.slice(from, to);
    this.#lastNumber = this.#lookUp(Buffer.from(this.#last).toString('latin1'));
    return this.#lastNumber;
  }

  #lookUp(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}
