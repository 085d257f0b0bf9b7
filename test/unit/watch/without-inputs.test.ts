import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutAddresses, withoutInputs } from '../../../src/watch/without-inputs.ts';

describe('withoutInputs()', () => {
  it('replaces what the request contained, wherever it was', () => {
    const inputs = {
      params: { name: 'planted-name' },
      query: { q: 'planted wish', page: 3 },
      headers: { authorization: 'Bearer planted-key', cookie: 'a=planted-session' },
      body: { ratings: [{ note: 'planted title' }], deep: { er: ['planted list'] } },
      ip: '203.0.113.7',
    };
    const text =
      'TypeError: planted title of planted-name (planted wish) a=planted-session Bearer planted-key planted list 203.0.113.7\n    at file.js:1:2';
    const clean = withoutInputs(text, inputs);
    expect(clean).not.toMatch(/planted|203\.0/);
    expect(clean).toMatch(/^TypeError: … of … .*\n {4}at file\.js:1:2$/);
  });

  it('keeps the words of the API and of headers that say nothing of a person', () => {
    const inputs = {
      body: { status: 'completed' },
      headers: { connection: 'close', accept: 'text/html' },
    };
    expect(withoutInputs('completed at Server.close text/html', inputs)).toBe(
      'completed at Server.close text/html',
    );
  });

  it('leaves none of any three letters that were sent', () => {
    const texts = fc.array(fc.string({ minLength: 3, unit: fc.constantFrom(...'xyzXYZ') }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(texts, (sent) => {
        const clean = withoutInputs(`failed on ${sent.join(' and ')}`, { body: sent });
        for (const value of sent) expect(clean).not.toContain(value);
      }),
    );
  });

  it('ends with a cyclic or very deep body', () => {
    const body: { self?: unknown; note: string } = { note: 'planted' };
    body.self = body;
    expect(withoutInputs('planted', { body })).toBe('…');
  });
});

describe('withoutAddresses()', () => {
  it('replaces IP and e-mail addresses, credentials and queries', () => {
    expect(withoutAddresses('connect ECONNREFUSED 192.0.2.7:443')).toBe(
      'connect ECONNREFUSED …:443',
    );
    expect(withoutAddresses('from 2001:db8::1 and ::ffff:192.0.2.7.')).not.toMatch(/2001|192/);
    expect(withoutAddresses('mail a.b@example.com')).toBe('mail …');
    expect(withoutAddresses('https://user:secret@host/x?key=1&y=2 failed')).toBe(
      'https://…@host/x?… failed',
    );
  });

  it('keeps times, positions in files and versions', () => {
    const text = 'at 10:23:45 in dist/server/app.js:120:15 of v20.20.2';
    expect(withoutAddresses(text)).toBe(text);
  });
});
