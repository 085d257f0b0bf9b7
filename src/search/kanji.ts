/** Makes one character of the forms of a kanji: 蟲 and 虫, 聲 and 声, the simplified 进 and 進. */
import japanese from 'opencc-js/dict/JPShinjitaiCharacters';
import simplified from 'opencc-js/dict/STCharacters';

/** Forms that both are modern, and used for each other in titles. */
const SAME_WORD = '廻回 喰食 慾欲 斗闘 洲州 嶋島';

/** form → the form that stands for all of them */
const MODERN = modernForms();

/** The modern Japanese form of a kanji; other characters are returned as they are. */
export function modernKanji(character: string): string {
  return MODERN.get(character) ?? character;
}

/** Simplified Chinese → traditional → modern Japanese. What is modern Japanese already stays: 声 is no short 聲. */
function modernForms(): Map<string, string> {
  const forms = new Map<string, string>();
  const modern = new Set<string>();
  for (const [form, old] of pairs(japanese)) {
    modern.add(form);
    forms.set(old, form);
  }
  for (const [form, traditional] of pairs(simplified)) {
    if (modern.has(form) || forms.has(form)) continue;
    const japaneseForm = forms.get(traditional) ?? traditional;
    if (japaneseForm !== form) forms.set(form, japaneseForm);
  }
  for (const [from, to] of SAME_WORD.split(' ').map((pair) => [...pair]))
    forms.set(from, forms.get(to) ?? to);
  return forms;
}

/** OpenCC's lists: "万 萬|与 與|…"; a character with several forms has the most frequent one first. */
function* pairs(list: string): Generator<[string, string]> {
  for (const entry of list.split('|')) {
    const [from, to] = entry.split(' ');
    yield [from, to];
  }
}
