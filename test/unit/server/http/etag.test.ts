import { describe, expect, it } from 'vitest';
import { isKnown, weakTag } from '../../../../src/server/http/etag.ts';

describe('weakTag()', () => {
  it('depends on the content alone', () => {
    expect(weakTag('a')).toMatch(/^W\/"[\w-]{20}"$/);
    expect(weakTag('a')).toBe(weakTag(Buffer.from('a')));
    expect(weakTag('a')).not.toBe(weakTag('b'));
  });
});

describe('isKnown()', () => {
  it.each([
    ['"one"', true],
    ['W/"one"', true],
    ['"two", W/"one"', true],
    ['"two",W/"one"', true],
    ['*', true],
    ['"two"', false],
    ['one', false],
    ['"on', false],
    ['', false],
    [undefined, false],
  ])('compares weakly: If-None-Match %s', (header, known) => {
    expect(isKnown(header, 'W/"one"')).toBe(known);
    expect(isKnown(header, '"one"')).toBe(known);
  });
});
