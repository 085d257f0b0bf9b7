/** Well-known franchises whose titles do not show that they belong together. Short on purpose: a relations file has more. */

export interface KnownFranchise {
  readonly name: string;
  /** matches the romaji titles in lower case */
  readonly pattern: RegExp;
  /** the words that its series share although they do not continue one another */
  readonly anthology?: string;
}

export const KNOWN_FRANCHISES: readonly KnownFranchise[] = [
  { name: 'Aria', pattern: /^aria the / },
  { name: 'Berserk', pattern: /^berserk|^kenpuu denki berserk/ },
  { name: 'Digimon', pattern: /^digimon/, anthology: 'digimon' },
  { name: 'Escaflowne', pattern: /escaflowne/ },
  { name: 'Eureka Seven', pattern: /eureka seven/ },
  {
    name: 'Fate',
    pattern: /^fate\/|^fate series|emiya-san chi no kyou|lord el-melloi|^carnival phantasm/,
    anthology: 'fate',
  },
  { name: 'Free!', pattern: /^free!|^high☆speed!: free/ },
  {
    name: 'Ghost in the Shell',
    pattern: /^koukaku kidoutai|ghost in the shell/,
    anthology: 'koukaku kidoutai',
  },
  { name: 'Gundam', pattern: /gundam(?! parody)/, anthology: 'mobile suit gundam' },
  { name: 'The iDOLM@STER', pattern: /idolm@ster|^puchimas/, anthology: 'the idolm ster' },
  {
    name: 'Legend of the Galactic Heroes',
    pattern: /^ginga eiyuu densetsu/,
    anthology: 'ginga eiyuu densetsu',
  },
  { name: 'Love Live!', pattern: /^love live!/, anthology: 'love live' },
  { name: 'Lupin III', pattern: /lupin (iii|sansei)|^lupin the/, anthology: 'lupin iii' },
  { name: 'Macross', pattern: /macross/, anthology: 'macross' },
  { name: 'Mahou Shoujo Madoka★Magica', pattern: /madoka[★☆]magica/ },
  { name: 'Magi', pattern: /^magi: (the|sinbad)/ },
  { name: 'Mahou Shoujo Lyrical Nanoha', pattern: /lyrical nanoha|^vivid strike/ },
  { name: 'Neon Genesis Evangelion', pattern: /evangelion/ },
  { name: 'Pokemon', pattern: /^pokemon|pocket monsters|^pikachu/, anthology: 'pokemon' },
  { name: 'Precure', pattern: /precure/, anthology: 'precure' },
  { name: 'Prince of Tennis', pattern: /^(shin )?tennis no ouji-sama/ },
  { name: 'Suzumiya Haruhi', pattern: /^suzumiya haruhi|^nagato yuki-chan/ },
  { name: 'Tenchi Muyou!', pattern: /tenchi muyou/, anthology: 'tenchi muyou' },
  { name: 'Toaru Series', pattern: /^toaru (majutsu|kagaku)/, anthology: 'toaru' },
  { name: 'Tsubasa Chronicle', pattern: /^tsubasa( chronicle|: (tokyo|shunraiki))/ },
  { name: 'World Witches', pattern: /^(strike|brave) witches/ },
  { name: 'Yu-Gi-Oh!', pattern: /^yu[-☆]gi[-☆]oh/, anthology: 'yu gi oh' },
];

/** Each title needs the one before it, which was released earlier. */
export const KNOWN_ORDERS: readonly {
  readonly name: string;
  readonly animeIds: readonly number[];
}[] = [
  { name: 'Aria', animeIds: [477, 962, 3297] },
  { name: 'Dragon Ball', animeIds: [223, 813, 225] },
  { name: 'Dragon Ball', animeIds: [813, 30694] },
  { name: 'Eureka Seven', animeIds: [237, 12471] },
  { name: 'Gundam', animeIds: [80, 85, 86, 87, 6336] },
  { name: 'Hibike! Euphonium', animeIds: [31988, 35677] },
  { name: 'InuYasha', animeIds: [6811, 41911] },
  { name: 'Love Live!', animeIds: [19111, 24997] },
  { name: 'Madoka', animeIds: [9756, 38256] },
  { name: 'Magi', animeIds: [14513, 18115] },
  { name: 'Monogatari', animeIds: [5081, 11597, 15689, 17074, 21855, 28025, 31181, 35247, 36999] },
  { name: 'Monogatari', animeIds: [5081, 9260] },
  { name: 'Monogatari', animeIds: [31181, 32268] },
  { name: 'Naruto', animeIds: [1735, 16870, 28755] },
  { name: 'Naruto', animeIds: [1735, 34566] },
  { name: 'Tamako Market', animeIds: [16417, 21647] },
  { name: 'Tsubasa Chronicle', animeIds: [969, 2685] },
];

/** Titles without a prerequisite although their name extends another's: remakes and separate stories. */
export const STANDS_ALONE: ReadonlySet<number> = new Set([
  777, // Hellsing Ultimate
  1397, // Macross 7
  1534, // Futari wa Precure: Splash☆Star
  482, // Yu☆Gi☆Oh!: Duel Monsters GX
  6033, // Dragon Ball Kai
  6171, // Saint Seiya: The Lost Canvas
  12029, // Uchuu Senkan Yamato 2199
  14751, // Bishoujo Senshi Sailor Moon Crystal
  27821, // Fate/stay night: Unlimited Blade Works Prologue
  38480, // Toaru Kagaku no Accelerator
]);
