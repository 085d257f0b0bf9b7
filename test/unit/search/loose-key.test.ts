import { describe, expect, it } from 'vitest';
import { looseKey } from '../../../src/search/loose-key.ts';

describe('looseKey()', () => {
  it.each([
    ['Ōkami Kodomo', 'Ookami Kodomo', 'Okami Kodomo'],
    ['Mushishi', 'Musisi', 'mushishii'],
    ['Shoujo', 'Shōjo', 'Syoujo', 'shojo'],
    ['Tsubasa', 'Tubasa'],
    ['Golden Kamuy', 'Golden Kamui'],
    ['Ao Haru Ride (アオハライド)', 'Ao Haru Ride Aoharaido'],
    ['ワンパンマン', 'wanpanman', 'Wanpan Man'],
    ['Gambare', 'Ganbare'],
    ['Spice and Wolf', 'Spice & Wolf'],
    ['The iDOLM@STER', 'Idolmaster'],
    ['HUNTER×HUNTER', 'hunter x hunter'],
    ['Kimi no Uso', 'kiminouso'],
    ['か゛っこう', 'がっこう', 'gakkou'],
    ['蟲師', '虫師', '虫师'],
    ['進撃の巨人', '进击的巨人'],
  ])('spells %s in one way', (...names) => {
    for (const name of names) expect(looseKey(name), name).toBe(looseKey(names[0]));
  });

  it('knows a season in any notation', () => {
    const names = ['Overlord 2', 'Overlord II', 'Overlord Season 2', 'Overlord 2nd Season'];
    names.push('Overlord Second Season', 'overlord S2', 'Overlord season two', 'Overlord 第2期');
    names.push('Overlord 弐期', 'Overlord 2期');
    for (const name of names) expect(looseKey(name), name).toBe('oberord2');
  });

  it('keeps apart what is different', () => {
    const names = [
      'Overlord',
      'Overlord II',
      'Overlord III',
      'Naruto',
      'Nana',
      '86',
      '87',
      '声',
      '',
    ];
    expect(new Set(names.map(looseKey)).size).toBe(names.length);
  });

  it('reads numbers in words', () => {
    expect(looseKey('Eighty Six')).toBe('86');
    expect(looseKey('5 Centimeters')).toBe(looseKey('Five Centimeters'));
    expect(looseKey('Season')).toBe(looseKey('season'));
    expect(looseKey('Season')).not.toBe('');
  });
});
