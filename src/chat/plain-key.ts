/** Only the letters and digits of a name, in small letters. Much faster than the key of the title search. */
export function plainKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}ー]/gu, '');
}
