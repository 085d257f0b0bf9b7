/** Numbers as JSON writes them, into bytes. */
import { decimal } from '../answers/recommendations-answer.ts';

/** "-1.7976931348623157e+308" has 24 bytes. */
export const MAX_NUMBER_BYTES = 24;

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

/** Decimals of decimal(). */
const PLACES = 8;
const UNIT = 10 ** PLACES;

/** Below it JSON writes an exponent; above `LARGEST` the digits of value × UNIT are not exact. */
const SMALLEST = 1e-6;
const LARGEST = 1e6;

/** Writes decimal(value) as JSON does. @returns where the next byte goes */
export function writeDecimal(bytes: Buffer, at: number, value: number): number {
  const size = Math.abs(value);
  if (!(size >= SMALLEST && size < LARGEST)) return writeOther(bytes, at, decimal(value));
  const scaled = Math.round(value * UNIT);
  if (scaled < 0) bytes[at++] = MINUS;
  const digits = Math.abs(scaled);
  const whole = Math.floor(digits / UNIT);
  at = writeInteger(bytes, at, whole);
  return writeFraction(bytes, at, digits - whole * UNIT);
}

/** @param fraction in units of the last place */
function writeFraction(bytes: Buffer, at: number, fraction: number): number {
  if (fraction === 0) return at;
  let places = PLACES;
  for (; fraction % 10 === 0; places--) fraction = (fraction / 10) | 0;
  bytes[at] = POINT;
  for (let place = places; place > 0; place--) {
    const rest = (fraction / 10) | 0;
    bytes[at + place] = ZERO + fraction - 10 * rest;
    fraction = rest;
  }
  return at + 1 + places;
}

/** @param value ≥ 0 and below 2³¹ */
export function writeInteger(bytes: Buffer, at: number, value: number): number {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length++;
  for (let place = at + length - 1; place >= at; place--) {
    const rest = (value / 10) | 0;
    bytes[place] = ZERO + value - 10 * rest;
    value = rest;
  }
  return at + length;
}

/** What is zero, tiny, huge or not finite, which JSON has no number for. */
function writeOther(bytes: Buffer, at: number, value: number): number {
  return at + bytes.write(JSON.stringify(value), at, 'latin1');
}
