/** Titles, why the named ones are alike, and titles that belong among the ten most similar. */
export const AGREED: readonly (readonly [
  title: string,
  reason: string,
  alike: readonly string[],
])[] = [
  [
    'Mushishi',
    'quiet tales of spirits and nature',
    ['Mushishi Zoku Shou', 'Mokke', 'Aria the Animation', 'Kino no Tabi: The Beautiful World'],
  ],
  [
    'Aria the Animation',
    'slow days, apprentices, a town one would like to live in',
    ['Aria the Natural', 'Hidamari Sketch', 'Amanchu!', "Sketchbook: Full Color's"],
  ],
  [
    'Barakamon',
    'a grown-up healed by a child and the country',
    ['Udon no Kuni no Kiniro Kemari', 'Usagi Drop', 'Amaama to Inazuma', 'Gakuen Babysitters'],
  ],
  [
    'Perfect Blue',
    'films that lose the line between mind and world',
    ['Paprika', 'Mousou Dairinin', 'Sennen Joyuu', 'Serial Experiments Lain'],
  ],
  [
    'Akira',
    'loud science fiction of its decade',
    ['Genocyber', 'Angel Cop', 'Manie-Manie: Meikyuu Monogatari'],
  ],
  [
    'Nana',
    'grown-up love, fashion and a band',
    ['Paradise Kiss', 'Gokinjo Monogatari', 'Beck', 'Nodame Cantabile'],
  ],
  [
    'Hachimitsu to Clover',
    'unreturned love among students of art',
    [
      'Hachimitsu to Clover II',
      'Natsuyuki Rendezvous',
      'Sakura-sou no Pet na Kanojo',
      'True Tears',
    ],
  ],
  [
    'Slam Dunk',
    'team sports and delinquents of the nineties',
    ['Rokudenashi Blues', 'Tennis no Ouji-sama', 'Shonan Junai Gumi!', 'Be-Bop Highschool'],
  ],
  [
    'Haikyuu!!',
    'underdogs of a school team',
    ['Haikyuu!! Second Season', 'Yowamushi Pedal', 'Eyeshield 21', 'Diamond no Ace'],
  ],
  ['Beck', 'bands with dreams', ['Detroit Metal City', 'Nana', 'Given Movie', 'Show By Rock!!']],
  [
    'K-On!',
    'girls, a club and music',
    ['K-On!!', 'Love Live! School Idol Project', 'BanG Dream!', 'Kiniro Mosaic'],
  ],
  [
    'Nodame Cantabile',
    'music students and grown-up love',
    ['Nodame Cantabile: Paris-hen', 'Nana', 'Paradise Kiss', 'Piano no Mori'],
  ],
  [
    'Neon Genesis Evangelion',
    'machines, minds and the end of the world',
    [
      'Neon Genesis Evangelion: The End of Evangelion',
      'Serial Experiments Lain',
      'Mugen no Ryvius',
    ],
  ],
  [
    'Mobile Suit Gundam',
    'the old wars of space',
    ['Mobile Suit Zeta Gundam', 'Densetsu Kyojin Ideon', 'Juusenki L-Gaim', 'Macross'],
  ],
  [
    'Mazinger Z',
    'super robots of the seventies',
    ['Getter Robo', 'Yuusha Raideen', 'Shin Mazinger Shougeki! Z-hen', 'Muteki Choujin Zanbot 3'],
  ],
  ['Ashita no Joe', 'fighters of the old school', ['Ashita no Joe 2', 'Tiger Mask', 'Megalo Box']],
  [
    'Versailles no Bara',
    'tragic heroines of classic shoujo',
    ['Lady Georgie', 'Candy Candy', 'Ace wo Nerae!'],
  ],
  [
    'Bubblegum Crisis',
    'videos of the eighties with armed women and machines',
    ['Gall Force 1: Eternal Story', 'Megazone 23', 'Dirty Pair', 'Riding Bean'],
  ],
  [
    'Fruits Basket',
    'an orphan in a cursed family, told again later',
    ['Fruits Basket 1st Season', 'Fruits Basket 2nd Season'],
  ],
  [
    'Kimi ni Todoke',
    'shy first love at school',
    ['Sukitte Ii na yo.', 'Ao Haru Ride', 'Tonari no Kaibutsu-kun', 'Horimiya'],
  ],
  [
    'Gintama',
    'nonsense, parody and sudden battles',
    [
      "Gintama'",
      'Danshi Koukousei no Nichijou',
      'Bobobo-bo Bo-bobo',
      'Heppoko Jikken Animation Excel♥Saga',
    ],
  ],
  [
    'Nichijou',
    'absurd days of schoolgirls',
    ['Azumanga Daioh', 'Lucky☆Star', 'Asobi Asobase', 'Danshi Koukousei no Nichijou'],
  ],
  [
    'Re:Zero kara Hajimeru Isekai Seikatsu',
    'other worlds that hurt',
    [
      'Re:Zero kara Hajimeru Isekai Seikatsu 2nd Season',
      'Tate no Yuusha no Nariagari',
      'Hai to Gensou no Grimgar',
      'Mushoku Tensei: Isekai Ittara Honki Dasu',
    ],
  ],
  [
    'Overlord',
    'the strongest one in another world',
    ['Overlord II', 'Tensei shitara Slime Datta Ken', 'Youjo Senki', 'No Game No Life'],
  ],
  [
    'Another',
    'a cursed school',
    [
      'Tasogare Otome x Amnesia',
      'Corpse Party: Tortured Souls - Bougyakusareta Tamashii no Jukyou',
      'Shiki',
    ],
  ],
  [
    'Monster',
    'a slow hunt for a murderer, and what makes one',
    ['Death Note', 'Boku dake ga Inai Machi', 'Yakusoku no Neverland', 'Shiki'],
  ],
  [
    'Detective Conan',
    'schoolboys who solve murders',
    ['Detective Conan Movie 06: The Phantom of Baker Street', 'Kindaichi Shounen no Jikenbo'],
  ],
  [
    'Serial Experiments Lain',
    'the wired and the unreal',
    ['Ergo Proxy', 'Mousou Dairinin', 'Paprika', 'Perfect Blue'],
  ],
  [
    'Tonari no Totoro',
    'the films of the same hand, for all ages',
    [
      'Majo no Takkyuubin',
      'Tenkuu no Shiro Laputa',
      'Mononoke Hime',
      'Sen to Chihiro no Kamikakushi',
    ],
  ],
  [
    'Sen to Chihiro no Kamikakushi',
    'films of the same hand',
    ['Mononoke Hime', 'Howl no Ugoku Shiro', 'Tonari no Totoro', 'Gake no Ue no Ponyo'],
  ],
  [
    'Kimi no Na wa.',
    'longing over distance, by the same director',
    ['Tenki no Ko', 'Byousoku 5 Centimeter', 'Kotonoha no Niwa', 'Hoshi wo Ou Kodomo'],
  ],
  [
    'Hidamari Sketch',
    'gentle days at an art school',
    [
      'Hidamari Sketch x 365',
      "Sketchbook: Full Color's",
      'Gochuumon wa Usagi Desu ka?',
      'Koufuku Graffiti',
    ],
  ],
  [
    'Non Non Biyori',
    'childhood in the country',
    ['Non Non Biyori Repeat', 'Flying Witch', 'Yuru Camp△', 'Mai Mai Shinko to Sennen no Mahou'],
  ],
  [
    'Cowboy Bebop',
    'cool crews for hire in space',
    ['Cowboy Bebop: Tengoku no Tobira', 'Space☆Dandy', 'Seihou Bukyou Outlaw Star', 'Trigun'],
  ],
  [
    'Ginga Eiyuu Densetsu',
    'fleets, politics and long thoughts',
    [
      'Ginga Eiyuu Densetsu: Waga Yuku wa Hoshi no Taikai',
      'Ginga Eiyuu Densetsu: Die Neue These - Kaikou',
      'Taiyou no Kiba Dagram',
    ],
  ],
  [
    'Koukaku Kidoutai',
    'cyborgs, the net and the soul',
    ['Innocence', 'Koukaku Kidoutai: Stand Alone Complex', 'Jin-Rou', 'Kidou Keisatsu Patlabor'],
  ],
  [
    'Rurouni Kenshin: Meiji Kenkaku Romantan',
    'swords at the end of the samurai',
    [
      'Hakuouki',
      'Peace Maker Kurogane',
      'Shigurui',
      'Rurouni Kenshin: Meiji Kenkaku Romantan - Tsuioku-hen',
    ],
  ],
  [
    'Bishoujo Senshi Sailor Moon',
    'teams of magical girls',
    [
      'Bishoujo Senshi Sailor Moon R',
      'Tokyo Mew Mew',
      'Futari wa Precure',
      'Ai Tenshi Densetsu Wedding Peach',
    ],
  ],
  [
    'Mahou Shoujo Madoka★Magica',
    'magical girls who pay for it',
    [
      'Mahou Shoujo Madoka★Magica Movie 3: Hangyaku no Monogatari',
      'Mahou Shoujo Ikusei Keikaku',
      'Yuuki Yuuna wa Yuusha de Aru',
    ],
  ],
  [
    'Shokugeki no Souma',
    'cooking as a duel',
    ['Shokugeki no Souma: Ni no Sara', 'Yakitate!! Japan', 'Yume-iro Pâtissière', 'Bakuman.'],
  ],
  [
    'Doraemon (1979)',
    'gadgets and childhood',
    [
      'Kiteretsu Daihyakka',
      'Doraemon Movie 31: Shin Nobita to Tetsujin Heidan - Habatake Tenshi-tachi',
      'Mirai Shounen Conan',
    ],
  ],
  [
    'Naruto',
    'long battles of friends and rivals',
    ['Naruto: Shippuuden', 'Black Clover', 'Bleach', 'Fairy Tail'],
  ],
  [
    'Dragon Ball',
    'martial adventures of the eighties',
    ['Dragon Ball Z', 'Ranma ½', 'Yuu☆Yuu☆Hakusho', 'Hokuto no Ken'],
  ],
  [
    'Yagate Kimi ni Naru',
    'girls in love, delicately',
    ['Aoi Hana', 'Asagao to Kase-san.', 'Sasameki Koto'],
  ],
  [
    'Given',
    'boys in love, and a band',
    ['Given Movie', 'Hitorijime My Hero', 'Doukyuusei (Movie)', 'Umibe no Étranger'],
  ],
  [
    'Mind Game',
    'wild drawing by the same hand and its kin',
    ['Kaiba', 'Onkyo Seimeitai Noiseman', 'Tekkon Kinkreet', 'Yojouhan Shinwa Taikei'],
  ],
  [
    'Initial D First Stage',
    'races at night',
    ['Initial D Second Stage', 'Wangan Midnight', 'Capeta', 'Redline'],
  ],
  [
    'Akage no Anne',
    'world literature for the family',
    [
      'Alps no Shoujo Heidi',
      'Perrine Monogatari',
      'Ai no Wakakusa Monogatari',
      'Romeo no Aoi Sora',
    ],
  ],
  [
    'Gyakkyou Burai Kaiji: Ultimate Survivor',
    'all or nothing at the table',
    [
      'Kakegurui',
      'Touhai Densetsu Akagi: Yami ni Maiorita Tensai',
      'One Outs',
      'Gyakkyou Burai Kaiji: Hakairoku-hen',
    ],
  ],
  [
    'Clannad',
    'visual novels that make one cry',
    ['Clannad: After Story', 'Kanon (2006)', 'Air', 'Little Busters!'],
  ],
];
