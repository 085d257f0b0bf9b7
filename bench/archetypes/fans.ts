/** Typical fans: five favourites that such a fan would name (the catalogue's titles), and what they share. */
import {
  all,
  any,
  type Facet,
  genre,
  kind,
  source,
  studio,
  titles,
  without,
  years,
} from './facet.ts';
import { food, isekai, iyashikei, magicalGirls, timeTravel } from './themes.ts';

export interface Fan {
  readonly name: string;
  readonly picks: readonly string[];
  readonly facet: Facet;
}

const fan = (name: string, facet: Facet, ...picks: string[]): Fan => ({ name, facet, picks });

const GENRES: readonly Fan[] = [
  fan(
    'sports',
    genre('Sports'),
    ...['Haikyuu!!', 'Kuroko no Basket', 'Slam Dunk', 'Hajime no Ippo', 'Diamond no Ace'],
  ),
  fan(
    'comedy',
    genre('Comedy'),
    ...['Gintama', 'Nichijou', 'Danshi Koukousei no Nichijou', 'Saiki Kusuo no Ψ-nan'],
    'Sakigake!! Cromartie Koukou',
  ),
  fan(
    'horror',
    genre('Horror', 'Thriller'),
    ...['Another', 'Higurashi no Naku Koro ni', 'Shiki', 'Boogiepop wa Warawanai'],
    'Mononoke',
  ),
  fan(
    'mind benders',
    genre('Psychological', 'Dementia'),
    ...['Monster', 'Serial Experiments Lain', 'Mousou Dairinin', 'Texhnolyze', 'Perfect Blue'],
  ),
  fan(
    'detectives',
    genre('Mystery', 'Police'),
    ...['Detective Conan', 'Hyouka', 'Gosick', 'Kindaichi Shounen no Jikenbo', 'Psycho-Pass'],
  ),
  fan(
    'mecha',
    genre('Mecha'),
    ...['Tengen Toppa Gurren Lagann', 'Code Geass: Hangyaku no Lelouch', 'Mobile Suit Gundam 00'],
    ...['Koukyoushihen Eureka Seven', 'Neon Genesis Evangelion'],
  ),
  fan(
    'real robots',
    genre('Mecha'),
    ...['Mobile Suit Gundam', 'Mobile Suit Zeta Gundam', 'Macross', 'Soukou Kihei Votoms'],
    'Kidou Keisatsu Patlabor',
  ),
  fan(
    'space opera',
    genre('Space'),
    ...['Ginga Eiyuu Densetsu', 'Uchuu Senkan Yamato 2199', 'Cowboy Bebop', 'Seikai no Monshou'],
    'Planetes',
  ),
  fan(
    'cyberpunk',
    genre('Sci-Fi'),
    ...['Koukaku Kidoutai: Stand Alone Complex', 'Psycho-Pass', 'Akira', 'Ergo Proxy'],
    'Texhnolyze',
  ),
  fan(
    'military',
    genre('Military'),
    ...['Youjo Senki', 'Full Metal Panic!', 'Jormungand', 'Girls & Panzer', 'Black Lagoon'],
  ),
  fan(
    'samurai',
    genre('Samurai', 'Historical'),
    ...['Rurouni Kenshin: Meiji Kenkaku Romantan', 'Samurai Champloo', 'Shigurui', 'Hakuouki'],
    'Basilisk: Kouga Ninpou Chou',
  ),
  fan(
    'historical war',
    genre('Historical', 'Military'),
    ...['Vinland Saga', 'Kingdom', 'Arslan Senki (TV)', 'Golden Kamuy', 'Hotaru no Haka'],
  ),
  fan(
    'vampires',
    genre('Vampire', 'Demons'),
    ...['Hellsing', 'Vampire Knight', 'Shiki', 'Owari no Seraph', 'Trinity Blood'],
  ),
  fan(
    'martial arts',
    genre('Martial Arts', 'Super Power', 'Sports'),
    ...['Shijou Saikyou no Deshi Kenichi', 'Baki', 'Ranma ½', 'Dragon Ball', 'Kengan Ashura'],
  ),
  fan(
    'high fantasy',
    genre('Fantasy'),
    ...['Juuni Kokuki', 'Seirei no Moribito', 'Lodoss-tou Senki', 'Slayers'],
    'Ookami to Koushinryou',
  ),
  fan(
    'music',
    genre('Music'),
    ...['Beck', 'Nodame Cantabile', 'K-On!', 'Sakamichi no Apollon', 'Shigatsu wa Kimi no Uso'],
  ),
  fan(
    'idols',
    genre('Music'),
    ...['Love Live! School Idol Project', 'The iDOLM@STER', 'Zombieland Saga', 'Aikatsu!'],
    'Wake Up, Girls!',
  ),
  fan(
    'games and bets',
    genre('Game', 'Psychological'),
    ...['Gyakkyou Burai Kaiji: Ultimate Survivor', 'One Outs', 'Kakegurui'],
    ...['Touhai Densetsu Akagi: Yami ni Maiorita Tensai', 'No Game No Life'],
  ),
  fan(
    'parody',
    genre('Parody'),
    ...['Genshiken', 'Lucky☆Star', 'Sayonara Zetsubou Sensei', 'Gintama'],
    'Heppoko Jikken Animation Excel♥Saga',
  ),
  fan(
    'drama that hurts',
    genre('Drama'),
    ...['Ano Hi Mita Hana no Namae wo Bokutachi wa Mada Shiranai.', 'Clannad: After Story'],
    ...['Violet Evergarden', 'Shigatsu wa Kimi no Uso', 'Plastic Memories'],
  ),
];

const AUDIENCES: readonly Fan[] = [
  fan(
    'shounen battles',
    all(genre('Shounen'), genre('Action')),
    ...['Naruto', 'Bleach', 'One Piece', 'Hunter x Hunter (2011)', 'Fairy Tail'],
  ),
  fan(
    'seinen',
    genre('Seinen'),
    ...['Kenpuu Denki Berserk', 'Vinland Saga', 'Monster', 'Mushishi', 'Planetes'],
  ),
  fan(
    'shoujo',
    genre('Shoujo', 'Josei'),
    ...['Fruits Basket', 'Lovely★Complex', 'Ouran Koukou Host Club', 'Kimi ni Todoke'],
    'Kaichou wa Maid-sama!',
  ),
  fan(
    'josei',
    any(genre('Josei', 'Shoujo'), all(genre('Romance', 'Drama'), genre('Seinen'))),
    ...['Nana', 'Nodame Cantabile', 'Chihayafuru', 'Hachimitsu to Clover', 'Paradise Kiss'],
  ),
  fan(
    'girls in love',
    genre('Shoujo Ai', 'Yuri'),
    ...['Yagate Kimi ni Naru', 'Sakura Trick', 'Citrus', 'Aoi Hana', 'Strawberry Panic'],
  ),
  fan(
    'boys in love',
    genre('Shounen Ai', 'Yaoi'),
    ...['Junjou Romantica', 'Sekaiichi Hatsukoi', 'Given', 'Love Stage!!', 'Doukyuusei (Movie)'],
  ),
  fan(
    'harem and ecchi',
    genre('Ecchi', 'Harem'),
    ...['High School DxD', 'To LOVE-Ru', 'Sekirei', 'Rosario to Vampire', 'Freezing'],
  ),
  fan(
    'romance at school',
    genre('Romance'),
    ...['Toradora!', 'Golden Time', 'Tsuki ga Kirei', 'Just Because!', 'Tonari no Kaibutsu-kun'],
  ),
  fan(
    'children',
    genre('Kids'),
    ...['Doraemon (1979)', 'Pokemon', 'Digimon Adventure', 'Sore Ike! Anpanman'],
    'Crayon Shin-chan',
  ),
];

const THEMES: readonly Fan[] = [
  fan(
    'isekai',
    isekai,
    ...['Re:Zero kara Hajimeru Isekai Seikatsu', 'Tensei shitara Slime Datta Ken', 'Overlord'],
    ...['Kono Subarashii Sekai ni Shukufuku wo!', 'Youjo Senki'],
  ),
  fan(
    'iyashikei',
    iyashikei,
    ...['Mushishi', 'Natsume Yuujinchou', 'Aria the Animation', 'Barakamon', 'Yuru Camp△'],
  ),
  fan(
    'cute girls',
    all(genre('Slice of Life', 'Comedy'), without('Harem', 'Ecchi', 'Mecha', 'Horror')),
    ...['K-On!', 'Lucky☆Star', 'Yuru Yuri', 'Non Non Biyori', 'Hidamari Sketch'],
  ),
  fan(
    'magical girls',
    magicalGirls,
    ...['Bishoujo Senshi Sailor Moon', 'Cardcaptor Sakura', 'Mahou Shoujo Madoka★Magica'],
    ...['Mahou Shoujo Lyrical Nanoha', 'Princess Tutu'],
  ),
  fan(
    'food',
    food,
    ...['Shokugeki no Souma', 'Yakitate!! Japan', 'Isekai Shokudou', 'Koufuku Graffiti'],
    'Amaama to Inazuma',
  ),
  fan(
    'time travel',
    timeTravel,
    ...['Steins;Gate', 'Boku dake ga Inai Machi', 'Toki wo Kakeru Shoujo', 'Zipang'],
    'Noein: Mou Hitori no Kimi e',
  ),
  fan(
    'worlds of games',
    any(genre('Game'), isekai),
    ...['Sword Art Online', 'Log Horizon', 'Accel World', '.hack//Sign', 'Overlord'],
  ),
  fan(
    'guns and gangs',
    any(
      all(
        genre('Action', 'Drama'),
        genre('Seinen', 'Historical', 'Police', 'Military', 'Thriller'),
      ),
      titles('91 Days', 'Cowboy Bebop', 'Noir', 'Gungrave', 'Lupin III', 'Banana Fish'),
    ),
    ...['Black Lagoon', '91 Days', 'Gungrave', 'Banana Fish', 'Noir'],
  ),
];

const FILMS_AND_MAKERS: readonly Fan[] = [
  fan(
    'Ghibli',
    kind('Movie'),
    ...['Sen to Chihiro no Kamikakushi', 'Tonari no Totoro', 'Mononoke Hime'],
    ...['Tenkuu no Shiro Laputa', 'Majo no Takkyuubin'],
  ),
  fan(
    'films for grown-ups',
    kind('Movie'),
    ...['Perfect Blue', 'Akira', 'Koukaku Kidoutai', 'Sennen Joyuu', 'Redline'],
  ),
  fan(
    'films of youth',
    kind('Movie'),
    ...['Kimi no Na wa.', 'Byousoku 5 Centimeter', 'Koe no Katachi', 'Kotonoha no Niwa'],
    'Ookami Kodomo no Ame to Yuki',
  ),
  fan(
    'original videos',
    kind('OVA'),
    ...['FLCL', 'Hellsing Ultimate', 'Rurouni Kenshin: Meiji Kenkaku Romantan - Tsuioku-hen'],
    'Giant Robo the Animation: Chikyuu ga Seishi Suru Hi',
    'Mobile Suit Gundam 0080: War in the Pocket',
  ),
  fan(
    'Kyoto Animation',
    studio('Kyoto Animation'),
    ...['Hyouka', 'K-On!', 'Violet Evergarden', 'Clannad', 'Hibike! Euphonium'],
  ),
  fan(
    'Gainax and Trigger',
    studio('Gainax', 'Trigger', 'Khara'),
    ...['Kill la Kill', 'FLCL', 'Tengen Toppa Gurren Lagann', 'Little Witch Academia (TV)'],
    'Panty & Stocking with Garterbelt',
  ),
  fan(
    'Shaft',
    studio('Shaft'),
    ...['Bakemonogatari', 'Mahou Shoujo Madoka★Magica', 'Sayonara Zetsubou Sensei'],
    ...['ef: A Tale of Memories.', 'Hidamari Sketch'],
  ),
  fan(
    'visual novels',
    source('Visual novel'),
    ...['Clannad', 'Kanon (2006)', 'Little Busters!', 'Air', 'ef: A Tale of Memories.'],
  ),
  fan(
    'light novels',
    source('Light novel', 'Novel'),
    ...['Bakemonogatari', 'Suzumiya Haruhi no Yuuutsu', 'Toradora!', 'Durarara!!'],
    'Yahari Ore no Seishun Love Comedy wa Machigatteiru.',
  ),
];

const ERAS: readonly Fan[] = [
  fan(
    'seventies',
    years(1960, 1985),
    ...['Ashita no Joe', 'Lupin III', 'Versailles no Bara', 'Mazinger Z'],
    'Ginga Tetsudou 999',
  ),
  fan(
    'eighties',
    years(1976, 1993),
    ...['Hokuto no Ken', 'Dragon Ball', 'Touch', 'Maison Ikkoku', 'City Hunter'],
  ),
  fan(
    'nineties',
    years(1988, 2001),
    ...['Cowboy Bebop', 'Trigun', 'Yuu☆Yuu☆Hakusho', 'Slayers', 'Tenkuu no Escaflowne'],
  ),
  fan(
    'newcomers of 2019',
    years(2017, 2022),
    ...['Kimetsu no Yaiba', 'Yakusoku no Neverland', 'Dr. Stone', 'Beastars'],
    'Kaguya-sama wa Kokurasetai: Tensai-tachi no Renai Zunousen',
  ),
];

export const FANS: readonly Fan[] = [
  ...GENRES,
  ...AUDIENCES,
  ...THEMES,
  ...FILMS_AND_MAKERS,
  ...ERAS,
];
