// A list of recommendations as JSON: pieces that are ready, and numbers between them. Words are the numbers that eight
// (or four) of their letters are in memory, the first letter lowest.

const RANK: u64 = 0x3a226b6e6172227b; // {"rank":
const ANIME: u64 = 0x22656d696e61222c; // ,"anime"
const SCORE: u64 = 0x2265726f6373222c; // ,"score"
const PRIOR: u64 = 0x22726f697270222c; // ,"prior"
const BECAUS: u64 = 0x737561636562222c; // ,"becaus
const E_LIST: u32 = 0x5b3a2265; // e":[
const SHARE: u64 = 0x226572616873222c; // ,"share"
const CONTRI: u64 = 0x6972746e6f63222c; // ,"contri
const BUTION: u64 = 0x3a226e6f69747562; // bution":
const INSTEA: u64 = 0x616574736e69222c; // ,"instea
const D_OF: u32 = 0x22664f64; // dOf"
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const END_OF_LIST: u8 = 0x5d;
const END: u8 = 0x7d;

/** Bytes of a title in the table of pieces: where its card is and how long, the same of its name. */
const PIECE: usize = 16;
const CARD: usize = 0;
const NAME: usize = 8;
/** Bytes of a recommendation beside its pieces, and of a reason beside its name, at most; pieces end up to 15 bytes late. */
const BESIDE: usize = 192;
/** The decimals of a number: eight. */
const UNIT: u64 = 100000000;

export function writeList(
  pieces: usize,
  items: usize,
  insteadOf: usize,
  scores: usize,
  priors: usize,
  ends: usize,
  causes: usize,
  parts: usize,
  totals: usize,
  count: u32,
  out: usize,
  room: u32,
): u32 {
  const limit = out + <usize>room;
  let at = out;
  let reason: u32 = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    const title = pieces + <usize>load<u32>(items + (n << 2)) * PIECE;
    const before = load<i32>(insteadOf + (n << 2));
    const instead = before < 0 ? 0 : pieces + <usize>before * PIECE;
    const named = instead == 0 ? 0 : lengthOf(instead + NAME);
    if (at + lengthOf(title + CARD) + named + BESIDE > limit) return 0;
    if (n > 0) at = letter(at, COMMA);
    at = number(word(at, RANK), n + 1);
    at = copied(letter(word(at, ANIME), COLON), title + CARD);
    at = decimal(letter(word(at, SCORE), COLON), load<f32>(scores + (n << 2)));
    at = decimal(letter(word(at, PRIOR), COLON), load<f64>(priors + (n << 3)));
    at = halfWord(word(at, BECAUS), E_LIST);
    const total = load<f64>(totals + (n << 3));
    const last = load<u32>(ends + (n << 2));
    for (const first = reason; reason < last; reason++) {
      const name = pieces + <usize>load<u32>(causes + (<usize>reason << 2)) * PIECE + NAME;
      // What this reason takes, and what may follow the reasons.
      if (at + lengthOf(name) + named + BESIDE > limit) return 0;
      if (reason > first) at = letter(at, COMMA);
      const part = <f64>load<f32>(parts + (<usize>reason << 2));
      at = decimal(letter(word(copied(at, name), SHARE), COLON), total > 0 ? part / total : 0);
      at = decimal(word(word(at, CONTRI), BUTION), part);
      at = letter(at, END);
    }
    at = letter(at, END_OF_LIST);
    if (instead != 0) {
      at = letter(halfWord(word(at, INSTEA), D_OF), COLON);
      at = letter(copied(at, instead + NAME), END);
    }
    at = letter(at, END);
  }
  return <u32>(at - out);
}

// @ts-ignore: decorator
@inline
function lengthOf(piece: usize): usize {
  return <usize>load<u32>(piece, 4);
}

// @ts-ignore: decorator
@inline
function letter(at: usize, code: u8): usize {
  store<u8>(at, code);
  return at + 1;
}

// @ts-ignore: decorator
@inline
function word(at: usize, letters: u64): usize {
  store<u64>(at, letters);
  return at + 8;
}

// @ts-ignore: decorator
@inline
function halfWord(at: usize, letters: u32): usize {
  store<u32>(at, letters);
  return at + 4;
}

/** Sixteen bytes at a time: what is too much is written over by what follows. */
// @ts-ignore: decorator
@inline
function copied(at: usize, piece: usize): usize {
  const from = <usize>load<u32>(piece);
  const length = lengthOf(piece);
  for (let k: usize = 0; k < length; k += 16) v128.store(at + k, v128.load(from + k));
  return at + length;
}

/** To eight decimals; 10⁹ at most on either side, as a share of next to nothing would be more. */
function decimal(at: usize, value: f64): usize {
  const units = <u64>(min(abs(value), 1e9) * <f64>UNIT + 0.5);
  if (units == 0) return letter(at, 0x30);
  if (value < 0) at = letter(at, 0x2d);
  at = letter(number(at, units / UNIT), 0x2e);
  return word(at, eightDigits(units % UNIT));
}

/**
 * The eight digits of a number as letters, first digit first: halves, then quarters, then eighths of a word, each
 * divided by a multiplication.
 */
// @ts-ignore: decorator
@inline
function eightDigits(value: u64): u64 {
  const halves = value / 10000 | (value % 10000) << 32;
  const hundreds = (halves * 10486 >> 20) & 0x0000007f0000007f;
  const pairs = hundreds | (halves - hundreds * 100) << 16;
  const tens = (pairs * 103 >> 10) & 0x000f000f000f000f;
  return (tens | (pairs - tens * 10) << 8) + 0x3030303030303030;
}

function number(at: usize, value: u64): usize {
  if (value > 9) at = number(at, value / 10);
  return letter(at, 0x30 + <u8>(value % 10));
}
