import { describe, expect, it } from 'vitest';
import { requestIdOf } from '../../../../src/server/http/request-id.ts';

const idOf = (id: string) => requestIdOf({ headers: { 'x-request-id': id } });

describe('requestIdOf()', () => {
  it.each([
    '5f0c0bd0-9a2f-4f3e-8f0c-3f5a35b0a001',
    '5F0C0BD0-9A2F-4F3E-8F0C-3F5A35B0A001',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ])('takes %s, as proxies make it', (id) => expect(idOf(id)).toBe(id));

  it.each([
    '',
    'someone@example.com',
    'AnnExample',
    '203.0.113.9',
    '1',
    'a'.repeat(5000),
    '4bf92f3577b34da6a3ce929d0e0e4736\r\nx: y',
    'f'.repeat(48),
  ])('makes a new one instead of %j', (id) => {
    expect(idOf(id)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(idOf(id)).not.toBe(idOf(id));
  });

  it('makes one where none was sent', () => {
    expect(requestIdOf({ headers: {} })).toHaveLength(36);
  });
});
