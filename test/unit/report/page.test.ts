import { describe, expect, it } from 'vitest';
import { bars, chart } from '../../../src/report/chart.ts';
import { list, pageHtml, table } from '../../../src/report/page.ts';
import { isSelfContained } from '../../support/self-contained.ts';

describe('pageHtml()', () => {
  it('is dark and light as the system is, and shows text as text', () => {
    const evil = '<b>&"\'';
    const html = pageHtml({
      title: evil,
      lead: evil,
      sections: [
        {
          heading: evil,
          text: evil,
          body: [
            table([evil], [[evil]]),
            list(evil, [evil]),
            bars(evil, [{ name: evil, count: 1 }], { label: evil }),
            chart(evil, {}),
          ],
        },
      ],
    });
    expect(html).toContain('prefers-color-scheme: light');
    expect(html).not.toMatch(/<b[ >]/);
    expect(isSelfContained(html)).toBe(true);
  });
});
