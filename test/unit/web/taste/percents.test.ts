import { describe, expect, it } from 'vitest';
import { numbers } from '../../../../src/web/i18n/format.ts';
import { distinctPercents } from '../../../../src/web/taste/percents.ts';

const { percentWith } = numbers('en', ' ');

describe('distinctPercents()', () => {
  it.each([
    [[], []],
    [
      [0.31, 0.2],
      ['31 %', '20 %'],
    ],
    [
      [0.023, 0.021, 0.018],
      ['2.3 %', '2.1 %', '1.8 %'],
    ],
    [
      [0.0231, 0.0232, 0.02],
      ['2.31 %', '2.32 %', '2.00 %'],
    ],
    [
      [0.02, 0.02],
      ['2 %', '2 %'],
    ],
  ])('%j is written %j', (shares, written) => {
    expect(distinctPercents(shares, percentWith)).toEqual(written);
  });
});
