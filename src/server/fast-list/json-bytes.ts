/**
 * JSON written straight into bytes. An answer with twenty titles and two hundred reasons is mostly short texts and
 * numbers: made as strings they would cost more than finding the recommendations does.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Decimals of a number: finer than float32 is. */
const DECIMALS = 8;
const UNIT = 10 ** DECIMALS;
/** 00, 01, … 99 */
const PAIRS = Buffer.from(
  Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).join(''),
);

export class JsonBytes {
  #buffer = Buffer.allocUnsafeSlow(1 << 16);
  #size = 0;

  /** Begins anew: what a failed answer may have left is gone. */
  start(text: string): this {
    this.#size = 0;
    return this.raw(text);
  }

  /** JSON that is ASCII. */
  raw(text: string): this {
    this.#reserve(text.length);
    const buffer = this.#buffer;
    let at = this.#size;
    for (let n = 0; n < text.length; n++) buffer[at++] = text.charCodeAt(n);
    this.#size = at;
    return this;
  }

  /** JSON that is ready. */
  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
    return this;
  }

  /** A text, quoted. */
  string(text: string): this {
    this.#reserve(text.length + 2);
    const buffer = this.#buffer;
    let at = this.#size;
    buffer[at++] = QUOTE;
    for (let n = 0; n < text.length; n++) {
      const code = text.charCodeAt(n);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        return this.bytes(Buffer.from(JSON.stringify(text)));
      }
      buffer[at++] = code;
    }
    buffer[at++] = QUOTE;
    this.#size = at;
    return this;
  }

  /** A finite number, to eight decimals. */
  decimal(value: number): this {
    const digits = Math.round(Math.abs(value) * UNIT);
    if (digits >= UNIT) return this.raw(String(Math.round(value * UNIT) / UNIT));
    if (digits === 0) return this.raw('0');
    this.raw(value < 0 ? '-0.' : '0.');
    this.#reserve(DECIMALS);
    this.#digits(digits, this.#size);
    this.#size += DECIMALS;
    return this;
  }

  /** Eight digits, two at a time; the room is there. */
  #digits(value: number, at: number): void {
    const buffer = this.#buffer;
    for (let place = at + DECIMALS - 2; place >= at; place -= 2) {
      const hundredth = (value / 100) | 0;
      const pair = 2 * (value - 100 * hundredth);
      buffer[place] = PAIRS[pair];
      buffer[place + 1] = PAIRS[pair + 1];
      value = hundredth;
    }
  }

  /** A copy of what was written; the writer is empty again. */
  take(): Buffer {
    const written = Buffer.allocUnsafeSlow(this.#size);
    this.#buffer.copy(written, 0, 0, this.#size);
    this.#size = 0;
    return written;
  }

  #reserve(bytes: number): void {
    if (this.#size + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#size + bytes));
    larger.set(this.#buffer.subarray(0, this.#size));
    this.#buffer = larger;
  }
}
