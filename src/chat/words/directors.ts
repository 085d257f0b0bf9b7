/**
 * Well-known directors and some of their titles. The data do not say who directed what: a wish for a director starts from
 * these titles, and the answer says so.
 */

export interface Director {
  readonly names: readonly string[];
  /** main titles of the catalogue, the best known first */
  readonly titles: readonly string[];
}

function director(names: string, ...titles: string[]): Director {
  return { names: names.split(', '), titles };
}

export const DIRECTORS: readonly Director[] = [
  director(
    'Hayao Miyazaki, Miyazaki, 宮崎駿, 宮﨑駿',
    'Sen to Chihiro no Kamikakushi',
    'Mononoke Hime',
    'Tonari no Totoro',
  ),
  director(
    'Isao Takahata, Takahata, 高畑勲',
    'Hotaru no Haka',
    'Kaguya-hime no Monogatari',
    'Omoide Poroporo',
  ),
  director(
    'Makoto Shinkai, Shinkai, 新海誠',
    'Kimi no Na wa.',
    'Byousoku 5 Centimeter',
    'Tenki no Ko',
  ),
  director('Satoshi Kon, 今敏', 'Perfect Blue', 'Paprika', 'Tokyo Godfathers'),
  director(
    'Mamoru Hosoda, Hosoda, 細田守',
    'Toki wo Kakeru Shoujo',
    'Ookami Kodomo no Ame to Yuki',
    'Summer Wars',
  ),
  director('Mamoru Oshii, Oshii, 押井守', 'Koukaku Kidoutai', 'Tenshi no Tamago', 'Innocence'),
  director(
    'Hideaki Anno, Anno, 庵野秀明',
    'Neon Genesis Evangelion',
    'Fushigi no Umi no Nadia',
    'Kareshi Kanojo no Jijou',
  ),
  director(
    'Shinichiro Watanabe, Shinichirou Watanabe, 渡辺信一郎, 渡邊信一郎',
    'Cowboy Bebop',
    'Samurai Champloo',
    'Sakamichi no Apollon',
  ),
  director(
    'Masaaki Yuasa, Yuasa, 湯浅政明',
    'Devilman: Crybaby',
    'Yojouhan Shinwa Taikei',
    'Ping Pong the Animation',
  ),
  director('Naoko Yamada, 山田尚子', 'Koe no Katachi', 'K-On!', 'Liz to Aoi Tori'),
  director(
    'Kunihiko Ikuhara, Ikuhara, 幾原邦彦',
    'Shoujo Kakumei Utena',
    'Mawaru Penguindrum',
    'Sarazanmai',
  ),
  director('Katsuhiro Otomo, Katsuhiro Ootomo, Otomo, 大友克洋', 'Akira', 'Steamboy', 'Memories'),
  director(
    'Yoshiaki Kawajiri, Kawajiri, 川尻善昭',
    'Juubee Ninpuuchou',
    'Vampire Hunter D (2000)',
    'Youjuu Toshi',
  ),
  director(
    'Hiroyuki Imaishi, Imaishi, 今石洋之',
    'Tengen Toppa Gurren Lagann',
    'Kill la Kill',
    'Promare',
  ),
  director(
    'Akiyuki Shinbo, Akiyuki Shinbou, 新房昭之',
    'Bakemonogatari',
    'Mahou Shoujo Madoka★Magica',
    'Hidamari Sketch',
  ),
  director('Osamu Dezaki, Dezaki, 出崎統', 'Ashita no Joe', 'Versailles no Bara', 'Takarajima'),
  director(
    'Yoshiyuki Tomino, Tomino, 富野由悠季',
    'Mobile Suit Gundam',
    'Densetsu Kyojin Ideon',
    'Mobile Suit Zeta Gundam',
  ),
];
