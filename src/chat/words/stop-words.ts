/** Words of a wish that ask for nothing by themselves. */

const ENGLISH = `
a about above absolutely actually after again all along already also always am an and animated animation anime animes another any anybody anymore
anyone anything are around as ask at available back be because been before being besides best better between bit both bring
but by called came can cannot character characters choose close come contain contains content could couple current currently days did
do does doing done dude easy else end enough enjoy enjoyed enjoys especially etc even evening ever every everything exactly
fan fans far favorite favorites favourite favourites featuring feel feeling feels few fewer find fine first for friend friends from full further gave
get gets getting give go goes going good got great guess guy guys ha had hand happen has have having he hello help her here hey hi him
his how however i i'd i'll i'm i've id idea ideas if im in include included including inside instead interested interesting into is isn't it it's its ive
join just keep kept kind kinda kinds know known last lately later least less let let's lets like liked likes list little look looking lot lots
loved love loves made main mainly make makes many masterful may maybe me mean might mind moment mood more most mostly much must my myself
name named near need needed needs never new nice night no non none not nothing now of off okay ok old on once one ones
only onto or other others our out over own part people perfect perhaps person pick picks please pls preferably prefer prefers pretty probably
put quality quite rather ready real really recommend recommendation recommendations recommended related rest right same say season seasons see seek seem seems
seen set she should show shows similar since so solid some somebody someone something sort sorts start started still stories story strong stuff
style such suggest suggestion suggestions suitable super sure take tell than thank thanks that that's the their them then there these they
thing things think this those though through time times title titles to today tonight tomorrow too total totally try trying two type types
under until up upon us use usually vein version very vibe vibes view wanna want wanted wants was watch watched watches watching way we week weekend weeknight
well were what what's whatever when where whether which while who whole whom whose why will wish wishes with within without won't word world
would wouldn't wow yeah yes yet you your yours both either neither nor alike girlfriend boyfriend wife husband partner roommate fun awesome amazing
cool involving involves feature features plenty full heavy based around setting set theme themed themes element elements genre genres tonight's
plot focus focused don't dont doesn't doesnt can't cant hate hates hated dislike avoid skip exclude except minus anybody's must-see series show's
cartoon cartoons animation's also reason reasons beginning ending's next what'll gimme episode episodes eps tired bored fed sick studio studios ng starter stand brother brothers sister sisters mom mum dad parents grandma grandpa friend didn't isn't wasn't aren't wouldn't haven't hasn't havent wont meets meet number protagonist thx reminds remind reminiscent spirit
`;

const STOP = new Set(ENGLISH.split(/\s+/).filter(Boolean));

export function isStopWord(word: string): boolean {
  return STOP.has(word.toLowerCase());
}

/** Common words that are also names of well-known titles and studios, whatever the synopses of a catalogue say. */
const COMMON = new Set(
  `another monster given nana free bleach charlotte beck gate days claymore hero trinity drifters canaan erased overlord air berserk working shuffle
  freezing amnesia orange rainbow loveless brave strawberry gamers innocence rewrite bartender metropolis sin happiness blame radiant colorful
  tactics trickster switch kite battery aura dive freedom pet touch conception discipline harmony dropout sunrise arms bones trigger connect seven
  bridge nut silver gathering plum blade planet code echo drive idol shaft gallop nomad passione`.split(
    /\s+/,
  ),
);

export function isCommonName(word: string): boolean {
  return COMMON.has(word.toLowerCase());
}

const JAPANESE_WORDS =
  'アニメーション,アニメ,作品,もの,モノ,おすすめ,オススメ,お勧め,教えてください,教えて,紹介して,ください,下さい,見たいです,観たいです,見たい,観たい,見られる,観られる,見れる,観れる,見せたい,見せられる,見る,観る,見て,観て,見た,観た,見終わった,楽しめる,楽しい,探しています,探してる,探して,お願いします,お願い,何か,なにか,なんか,ありますか,ありませんか,ある,あります,いい,良い,よい,面白い,おもしろい,最高,みたいな,みたいに,みたいで,みたいだけど,みたい,のような,のように,のようで,ような,ように,っぽい,っぽくて,感じ,雰囲気,とか,など,もっと,少し,ちょっと,とても,すごく,かなり,あまり,今日,今夜,明日,週末,休日,夜,一緒に,大好き,好きな,好き,人,子が,子に,子も,児,頃,ころ,喜ぶ,安心,私,僕,俺,自分,でした,です,ます,した,して,する,たい,ない,なく,なし,以外,苦手,欲しい,ほしい,だけど,けれど,けど,だけ,から,まで,より,って,という,といった,お話,話,ストーリー,物語,系,風,が,は,を,に,で,と,も,や,か,な,の,へ,ね,よ,だ,て,れ,た,い,く,シリーズ,どれ,どんな,次,他,ほか,似た,似ている,に似,全体,要素,登場する,出てくる,出る,描いた,ある,いる,なる,舞台,主人公,主役,キャラ,キャラクター,テーマ,中心,多め,多い,少なめ,向け,嫌い,嫌,NG,完結,くらい,ぐらい,程度';

const stopJapanese = new RegExp(
  `^(?:${JAPANESE_WORDS.split(',')
    .sort((a, b) => b.length - a.length)
    .join('|')})`,
  'u',
);

/** Length of the word without a wish at the beginning of this text; 0 = there is none. */
export function stopLengthJapanese(text: string): number {
  return stopJapanese.exec(text)?.[0].length ?? 0;
}
