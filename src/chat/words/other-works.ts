/**
 * Well-known works that are no anime, and what they are known for in the words of the catalogue. Somebody who asks for
 * "something like Breaking Bad" learns that it is none, and gets titles of these genres and themes.
 */

export interface OtherWork {
  readonly names: readonly string[];
  readonly genres: readonly string[];
  /** ids */
  readonly themes: readonly string[];
}

function work(names: string, genres = '', themes = ''): OtherWork {
  const list = (text: string) => text.split(', ').filter(Boolean);
  return { names: list(names), genres: list(genres), themes: list(themes) };
}

export const OTHER_WORKS: readonly OtherWork[] = [
  work('Breaking Bad, ブレイキング・バッド', '', 'organized-crime'),
  work('Better Call Saul', '', 'organized-crime'),
  work('Game of Thrones, House of the Dragon, ゲーム・オブ・スローンズ', 'Fantasy', 'politics'),
  work(
    'The Lord of the Rings, Lord of the Rings, LOTR, The Hobbit, ロード・オブ・ザ・リング, 指輪物語',
    'Fantasy, Adventure',
  ),
  work('The Witcher, Witcher, ウィッチャー', 'Fantasy', 'bounty-hunters'),
  work('Harry Potter, ハリー・ポッター, ハリーポッター, ハリポタ', '', 'magic-school'),
  work('Star Wars, The Mandalorian, スター・ウォーズ, スターウォーズ', 'Space, Adventure'),
  work('Star Trek, スタートレック', 'Space', 'space-travel'),
  work(
    'Firefly, The Expanse, Battlestar Galactica, Guardians of the Galaxy',
    'Space',
    'space-travel',
  ),
  work('Interstellar, インターステラー', 'Space, Drama'),
  work('Dune', 'Sci-Fi', 'politics'),
  work(
    'The Matrix, Matrix, Blade Runner, Cyberpunk 2077, Altered Carbon, マトリックス, ブレードランナー',
    'Sci-Fi',
    'cyberpunk',
  ),
  work('Inception, Memento, Tenet, インセプション', 'Psychological, Sci-Fi'),
  work('Westworld, Ex Machina, Detroit Become Human', 'Sci-Fi', 'robots'),
  work('Black Mirror, ブラック・ミラー', 'Sci-Fi', 'dystopia'),
  work("The Handmaid's Tale, 1984, Brave New World", '', 'dystopia'),
  work('Stranger Things, ストレンジャー・シングス', 'Mystery, Supernatural'),
  work('The X-Files, X-Files, Twin Peaks, Xファイル', 'Mystery, Supernatural'),
  work('Sherlock, Sherlock Holmes, Knives Out, Poirot, シャーロック', '', 'detective'),
  work(
    'True Detective, Mindhunter, Se7en, The Silence of the Lambs, Zodiac',
    'Mystery, Psychological',
  ),
  work('Dexter, Hannibal, デクスター', 'Psychological', 'murder-mystery'),
  work(
    'The Sopranos, Sopranos, The Godfather, Godfather, Peaky Blinders, Goodfellas, Narcos, The Wire, ゴッドファーザー',
    '',
    'organized-crime',
  ),
  work("Money Heist, Ocean's Eleven, La Casa de Papel, ペーパー・ハウス", '', 'heist'),
  work('Squid Game, Hunger Games, The Hunger Games, イカゲーム', '', 'death-game'),
  work('Prison Break', 'Thriller, Drama'),
  work(
    'The Walking Dead, Walking Dead, World War Z, 28 Days Later, ウォーキング・デッド',
    '',
    'zombies',
  ),
  work('The Last of Us, Mad Max, Fallout, マッドマックス', '', 'post-apocalyptic'),
  work(
    'Twilight, The Vampire Diaries, Vampire Diaries, What We Do in the Shadows, True Blood',
    'Vampire',
  ),
  work('Buffy, Buffy the Vampire Slayer', 'Vampire, Action'),
  work('John Wick, Kill Bill, ジョン・ウィック', 'Action', 'assassins'),
  work('James Bond, Mission Impossible, 007, Kingsman', 'Action', 'spies'),
  work('Indiana Jones, Tomb Raider, Uncharted', 'Adventure, Action'),
  work('Pirates of the Caribbean, パイレーツ・オブ・カリビアン', '', 'pirates'),
  work(
    'The Avengers, Avengers, Marvel, Batman, Superman, Spider-Man, Spiderman, The Boys, Invincible, X-Men, アベンジャーズ, バットマン, スパイダーマン',
    '',
    'superheroes',
  ),
  work('Joker', 'Psychological', 'villain-protagonist'),
  work('The Office, Parks and Recreation, Brooklyn Nine-Nine, Superstore', 'Comedy', 'workplace'),
  work('Friends, How I Met Your Mother, Seinfeld, New Girl, フレンズ', 'Comedy, Slice of Life'),
  work('The Big Bang Theory, Big Bang Theory', 'Comedy', 'otaku-culture'),
  work('Rick and Morty, Futurama, リック・アンド・モーティ', 'Comedy, Sci-Fi'),
  work('The Simpsons, South Park, Family Guy, シンプソンズ', 'Comedy, Parody'),
  work("Grey's Anatomy, House MD, ER, The Good Doctor", '', 'medicine'),
  work('Chernobyl, Band of Brothers, Saving Private Ryan, Dunkirk, 1917', '', 'war'),
  work('Bridgerton, Downton Abbey, Pride and Prejudice, Outlander', 'Historical, Romance'),
  work('Titanic, The Notebook, La La Land, タイタニック', 'Romance, Drama'),
  work('House of Cards, Succession, The Crown, The West Wing', '', 'politics'),
  work("The Queen's Gambit", '', 'board-games'),
  work('The Bear, Ratatouille, Chef', '', 'food'),
  work('Ted Lasso', '', 'soccer'),
  work('Rocky, Creed, Raging Bull', '', 'boxing'),
  work('Fast and Furious, The Fast and the Furious, ワイルド・スピード', '', 'racing'),
  work('Groundhog Day, Edge of Tomorrow', '', 'time-loop'),
  work(
    'Back to the Future, Doctor Who, 12 Monkeys, バック・トゥ・ザ・フューチャー',
    '',
    'time-travel',
  ),
  work('Lost', 'Mystery', 'survival'),
  work(
    'Narnia, The Chronicles of Narnia, Alice in Wonderland, ナルニア国物語',
    'Fantasy',
    'isekai',
  ),
  work(
    'Avatar The Last Airbender, Avatar: The Last Airbender, ATLA, The Legend of Korra',
    'Adventure, Super Power',
  ),
  work('Transformers, Pacific Rim, パシフィック・リム', 'Mecha'),
  work('The Thing, The Shining, The Conjuring, Saw', 'Horror'),
  work(
    'Frozen, Toy Story, Finding Nemo, Disney, Pixar, アナと雪の女王, ディズニー, ピクサー',
    'Adventure, Fantasy',
  ),
  work('Gossip Girl, Euphoria, Riverdale, Skins', 'Drama, School'),
  work('Shogun, The Last Samurai, ラストサムライ', 'Samurai, Historical'),
  work('Pokemon Go, Stardew Valley, Animal Crossing, どうぶつの森', '', 'cozy'),
  work('Dark Souls, Elden Ring', 'Fantasy, Action'),
];
