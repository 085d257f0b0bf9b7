import { describe, expect, it } from 'vitest';
import { readSynopsis } from '../../../../src/web/title/synopsis.ts';

describe('readSynopsis()', () => {
  it('takes the credit off the end of a story', () => {
    expect(readSynopsis('Ginko walks.\n\r\nHe helps.\n\r\n[Written by MAL Rewrite]')).toEqual({
      story: 'Ginko walks.\n\r\nHe helps.',
      credit: 'Written by MAL Rewrite',
    });
    expect(readSynopsis('A short film. (Source: ANN)\n')).toEqual({
      story: 'A short film.',
      credit: 'Source: ANN',
    });
  });

  it('leaves what only looks like one, and what is nothing else', () => {
    for (const text of [
      'A diary [Written by a cat] is found.',
      'Two friends (Kei and Yuri).',
      '(Source: ANN)',
      '',
    ])
      expect(readSynopsis(text)).toEqual({ story: text, credit: null });
  });
});
