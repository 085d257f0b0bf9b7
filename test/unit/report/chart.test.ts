import { describe, expect, it } from 'vitest';
import { bars } from '../../../src/report/chart.ts';

describe('bars()', () => {
  it('draws a bar a row, the longest first, and shortens long names', () => {
    const rows = [
      { name: 'short', count: 2 },
      { name: 'a name that is so long that it would not fit beside its bar', count: 5 },
    ];
    const { html } = bars('lengths', rows, { label: 'n' });
    expect(html.match(/<rect/g)).toHaveLength(2);
    expect(html.indexOf('a name that is so long')).toBeLessThan(html.indexOf('short</text>'));
    expect(html).not.toContain('beside its bar');
  });
});
