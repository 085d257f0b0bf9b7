/** Formats numbers, plurals and lists by language. */

/** @param gap the space between a number and its % */
export function numbers(locale: string, gap = '') {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const oneDecimal = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    number: (value: number) => whole.format(value),
    /** 7.4 */
    decimal: (value: number) => oneDecimal.format(value),
    /** 0.344 → "34 %" */
    percent: (share: number) => `${whole.format(share * 100)}${gap}%`,
    /** 0.0344 and 1 → "3.4 %" */
    percentWith: (share: number, digits: number) => {
      const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      return `${(share * 100).toLocaleString(locale, options)}${gap}%`;
    },
  };
}

export function lists(locale: string, side: 'unit' | 'conjunction' = 'unit') {
  const format = (type: Intl.ListFormatType) => {
    const list = new Intl.ListFormat(locale, { type });
    return (words: readonly string[]) => list.format(words);
  };
  return { and: format('conjunction'), or: format('disjunction'), commas: format(side) };
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

export function plurals(locale: string) {
  const rules = new Intl.PluralRules(locale);
  return { plural: (count: number, forms: Forms) => forms[rules.select(count)] ?? forms.other };
}

/** 712,483 → 712,000: three significant digits. */
export function rounded(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 2);
  return Math.round(count / step) * step;
}
