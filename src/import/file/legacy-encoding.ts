/**
 * Recognises encodings older than Unicode. Each is tried; the best is the one whose letters are most like text. General
 * detectors (ICU's rules, as in `chardet`) need hundreds of letters, and a list may have ten.
 */
export interface Encoding {
  /** for TextDecoder */
  readonly label: string;
  /** null = UTF-8 */
  readonly name: string | null;
}

type Judge = (letter: string) => number;

const KANA = /[\u3041-\u3093\u30a1-\u30f6ー]/;
const HANGUL = /[\uac00-\ud7a3]/;
const HAN = /[\u4e00-\u9fff]/;
const CJK_MARK = /[\u3000-\u3020\uff01-\uff5e・×※☆★♪♥♡…“”‘’—～]/;
const LATIN = /[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž]/;
const LATIN_MARK = /[’‘“”–—…·°½¿¡«»×™®©•€]/;
const CENTRAL = /[ĄąĆćĘęŁłŃńÓóŚśŹźŻżČčĎďĚěŇňŘřŠšŤťŮůŽžŐőŰűÁáÉéÍíÚúÝýÖöÜüÄäß]/;
const CYRILLIC = /[\u0410-\u044fЁё]/;

/** Letters that are frequent in titles of anime, of thousands that are not. */
const FREQUENT_HAN = new Set(
  '的人一是不了在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切坐坚剑魔恋伤鬼灭猎巨术师錬金術師進擊鋼動畫評價狀態劍戀愛與國學園夢龍戰鬥記憶銀魂靈魔導書異世界轉無職傷漫看過想擱置拋棄名稱',
);

interface Candidate extends Encoding {
  readonly judge: Judge;
}

const CANDIDATES: readonly Candidate[] = [
  {
    ...{ label: 'shift_jis', name: 'Shift_JIS' },
    judge: (letter) =>
      KANA.test(letter) ? 1 : HAN.test(letter) ? 0.6 : CJK_MARK.test(letter) ? 0.5 : -1,
  },
  {
    ...{ label: 'euc-jp', name: 'EUC-JP' },
    judge: (letter) =>
      KANA.test(letter) ? 1 : HAN.test(letter) ? 0.5 : CJK_MARK.test(letter) ? 0.5 : -1,
  },
  { ...{ label: 'gb18030', name: 'GB18030' }, judge: chinese },
  { ...{ label: 'big5', name: 'Big5' }, judge: chinese },
  {
    ...{ label: 'euc-kr', name: 'EUC-KR' },
    judge: (letter) => (HANGUL.test(letter) ? 0.7 : CJK_MARK.test(letter) ? 0.4 : -1),
  },
  {
    ...{ label: 'windows-1251', name: 'Windows-1251' },
    judge: (letter) =>
      /[а-яё]/.test(letter)
        ? 0.8
        : CYRILLIC.test(letter)
          ? 0.4
          : LATIN_MARK.test(letter)
            ? 0.3
            : -1,
  },
  {
    ...{ label: 'windows-1252', name: 'Windows-1252' },
    judge: (letter) => (LATIN.test(letter) ? 0.5 : LATIN_MARK.test(letter) ? 0.5 : -1),
  },
  {
    ...{ label: 'windows-1250', name: 'Windows-1250' },
    judge: (letter) => (CENTRAL.test(letter) ? 0.45 : LATIN_MARK.test(letter) ? 0.4 : -1),
  },
];

function chinese(letter: string): number {
  if (FREQUENT_HAN.has(letter)) return 0.9;
  return HAN.test(letter) ? 0.35 : CJK_MARK.test(letter) ? 0.5 : -1;
}

/** Letters above 127 that are judged. */
const JUDGED = 5000;

/** @returns null when the bytes are text in none of them */
export function legacyEncodingOf(sample: Uint8Array): Encoding | null {
  let best: Encoding | null = null;
  let most = 0;
  for (const { judge, ...encoding } of CANDIDATES) {
    const likeness = likenessOf(new TextDecoder(encoding.label).decode(sample), judge);
    if (likeness <= most) continue;
    most = likeness;
    best = encoding;
  }
  return best;
}

/** The mean over all letters above 127; a letter of Latin text stands between ASCII letters. */
function likenessOf(text: string, judge: Judge): number {
  let letters = 0;
  let sum = 0;
  for (let at = 0; at < text.length && letters < JUDGED; at++) {
    const letter = text[at];
    if (letter < '\u0080') continue;
    letters++;
    sum += letter === '\ufffd' ? -3 : judge(letter) + inContext(text, at, letter);
  }
  return letters === 0 ? 0 : sum / letters;
}

/** "Pokémon": é after k is likely Latin; "リr" is a Japanese letter torn apart; capitals within words are unlikely. */
function inContext(text: string, at: number, letter: string): number {
  const before = text[at - 1] ?? '';
  const after = text[at + 1] ?? '';
  const isAscii = /[a-z]/i.test(before) || /[a-z]/i.test(after);
  if (LATIN.test(letter) || CENTRAL.test(letter)) {
    const isCapitalInside = letter !== letter.toLowerCase() && /\p{Ll}/u.test(before);
    if (isCapitalInside) return -1;
    return isAscii ? 0.4 : -0.3;
  }
  if (CYRILLIC.test(letter)) {
    const isInside = /[а-яё]/i.test(before) || /[а-яё]/i.test(after);
    return isInside ? 0.1 : isAscii ? -0.6 : -0.2;
  }
  return isAscii && (HAN.test(letter) || KANA.test(letter) || HANGUL.test(letter)) ? -0.3 : 0;
}
