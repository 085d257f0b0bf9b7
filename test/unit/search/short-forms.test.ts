import { beforeAll, describe, expect, it } from 'vitest';
import { ShortForms } from '../../../src/search/short-forms.ts';
import { anime } from '../../support/small-catalogue.ts';

const TITLES: readonly [string, string][] = [
  ['Kono Subarashii Sekai ni Shukufuku wo!', 'この素晴らしい世界に祝福を！'],
  ['Tensei shitara Slime Datta Ken', '転生したらスライムだった件'],
  ['Mahou Shoujo Madoka★Magica', '魔法少女まどか★マギカ'],
  ['Gochuumon wa Usagi Desu ka?', 'ご注文はうさぎですか？'],
  ['Shigatsu wa Kimi no Uso', '四月は君の嘘'],
  ['Ore wo Suki nano wa Omae dake ka yo', '俺を好きなのはお前だけかよ'],
];

describe('ShortForms.find()', () => {
  const forms = new ShortForms();
  beforeAll(() => {
    for (const [title, titleJapanese] of TITLES)
      forms.add(anime({ animeId: 1, title, titleJapanese }));
  });

  it.each([
    ['このすば', 0],
    ['KonoSuba', 0],
    ['TenSura', 1],
    ['転スラ', 1],
    ['まどマギ', 2],
    ['ごちうさ', 3],
    ['GochiUsa', 3],
    ['君嘘', 4],
    ['KimiUso', 4],
    ['OreSuki', 5],
  ])('knows %s', (form, item) => expect(forms.find(form)).toEqual([item]));

  it.each(['', 'k', 'この', 'tensei', 'tensei shitara', 'xyz', 'スラ', '!!', 'kono'.repeat(50)])(
    'takes "%s" for none',
    (text) => expect(forms.find(text)).toEqual([]),
  );
});
