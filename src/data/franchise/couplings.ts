/**
 * Works that crossovers and relations files couple although they are stories of their own: animeIds of which no two are
 * ever in one franchise. From a public list of couplings to forbid.
 */
export const NEVER_ONE_FRANCHISE: readonly (readonly number[])[] = [
  [1412, 235], // Lupin III, Detective Conan
  [21, 813, 10033], // One Piece, Dragon Ball Z, Toriko
  [223, 2222], // Dragon Ball, Dr. Slump
  [177, 861], // Tsubasa Chronicle, xxxHOLiC
  [9969, 9863], // Gintama', SKET Dance
  [143, 1810], // Kannazuki no Miko, Kyoushirou to Towa no Sora
  [11597, 11981], // Nisemonogatari, the third Madoka film
  [289, 472], // Comic Party, To Heart
];
