// A list in JSON, read from its bytes. Every step takes the place where it begins and returns the place behind what it
// is named after, 0 when something else stands there. A zero byte ends the text: no step goes past it.

const LIST: usize = 0; // words by their place in the table, see kernels.ts
const ANIME_ID: usize = 32;
const RATING: usize = 64;
const STATUS: usize = 96;
const NULL: usize = 128;
const STATUSES: usize = 160;
const END_OF_WORDS: usize = 320;
const MASK: usize = 16; // within a word
const LENGTH: usize = 20;
const CODE: usize = 24;

/** What `integer` and `status` read. */
let value: u32 = 0;

export function readList(
  text: usize,
  words: usize,
  room: u32,
  animeIds: usize,
  ratings: usize,
  statuses: usize,
  size: usize,
): u32 {
  store<u32>(size, 0);
  let at = byte(text, 0x7b); // {
  if (at != 0) at = word(space(at), words + LIST);
  if (at != 0) at = byte(at, 0x5b); // [
  if (at == 0) return 0;
  const empty = byte(at, 0x5d); // ]
  if (empty != 0) return <u32>(empty - text);
  for (let n: u32 = 0; n < room; n++) {
    at = entry(at, words, animeIds + (<usize>n << 2), ratings + n, statuses + n);
    if (at == 0) return 0;
    const next = byte(at, 0x2c); // ,
    if (next == 0) {
      store<u32>(size, n + 1);
      const end = byte(at, 0x5d); // ]
      return end == 0 ? 0 : <u32>(end - text);
    }
    at = next;
  }
  return 0;
}

function entry(from: usize, words: usize, animeId: usize, rating: usize, status: usize): usize {
  let at = byte(from, 0x7b); // {
  let known = false;
  store<u8>(rating, 0);
  store<u8>(status, load<u8>(words + STATUSES, CODE));
  while (at != 0) {
    at = space(at);
    let next = word(at, words + ANIME_ID);
    if (next != 0) {
      at = integer(space(next));
      known = true;
      store<u32>(animeId, value);
    } else if ((next = word(at, words + RATING)) != 0) {
      at = stars(space(next), words);
      store<u8>(rating, <u8>value);
    } else if ((next = word(at, words + STATUS)) != 0) {
      at = standing(space(next), words);
      store<u8>(status, <u8>value);
    } else return 0;
    if (at == 0) return 0;
    next = byte(at, 0x2c); // ,
    if (next == 0) return known ? byte(at, 0x7d) : 0; // }
    at = next;
  }
  return 0;
}

function stars(at: usize, words: usize): usize {
  value = 0;
  const absent = word(at, words + NULL);
  if (absent != 0) return absent;
  const next = integer(at);
  return value > 10 ? 0 : next;
}

function standing(at: usize, words: usize): usize {
  for (let name = words + STATUSES; name < words + END_OF_WORDS; name += 32) {
    const next = word(at, name);
    if (next == 0) continue;
    value = load<u32>(name, CODE);
    return next;
  }
  return 0;
}

/** Digits alone, at most nine, which surely fit. */
function integer(from: usize): usize {
  let at = from;
  let sum: u32 = 0;
  for (;;) {
    const digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) break;
    sum = 10 * sum + digit;
    at++;
  }
  value = sum;
  const digits = at - from;
  if (digits == 0 || digits > 9) return 0;
  return digits > 1 && load<u8>(from) == 0x30 ? 0 : at;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function word(at: usize, name: usize): usize {
  const mask = load<u32>(name, MASK);
  const same = <u32>i8x16.bitmask(i8x16.eq(v128.load(at), v128.load(name)));
  return (same & mask) == mask ? at + load<u32>(name, LENGTH) : 0;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function byte(from: usize, wanted: u8): usize {
  const at = space(from);
  return load<u8>(at) == wanted ? at + 1 : 0;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function space(from: usize): usize {
  let at = from;
  while (isSpace(load<u8>(at))) at++;
  return at;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function isSpace(letter: u8): bool {
  return letter <= 0x20 && (letter == 0x20 || letter == 0x0a || letter == 0x0d || letter == 0x09);
}
