import { describe, expect, it } from 'vitest';
import { visitorOf } from '../../../../src/server/limits/visitor.ts';

describe('visitorOf()', () => {
  it('takes all addresses of an IPv6 network for one visitor, however they are written', () => {
    const network = visitorOf('2001:db8:0:7::1');
    for (const address of [
      '2001:db8:0:7:ffff:ffff:ffff:ffff',
      '2001:DB8:0:7::2',
      '2001:0db8:0000:0007:0000:0000:0000:0003',
      '2001:db8:0:7:a:b:192.0.2.1',
    ])
      expect(visitorOf(address)).toBe(network);
    for (const other of ['2001:db8:0:8::1', '2001:db8::7:0:0:1', '2001:db8:1:7::1', '::1'])
      expect(visitorOf(other)).not.toBe(network);
  });

  it('takes an IPv4 address for itself, also where IPv6 has it inside', () => {
    expect(visitorOf('192.0.2.1')).toBe('192.0.2.1');
    for (const mapped of ['::ffff:192.0.2.1', '::FFFF:c000:201', '0:0:0:0:0:ffff:192.0.2.1'])
      expect(visitorOf(mapped)).toBe('192.0.2.1');
    expect(visitorOf('::ffff:192.0.2.2')).not.toBe(visitorOf('::ffff:192.0.2.1'));
  });

  it('leaves a link’s name out, and what is no address as it is', () => {
    expect(visitorOf('fe80::1%eth0')).toBe(visitorOf('fe80::2%eth1'));
    for (const none of ['nonsense', '', '1.2.3', '2001:db8::g', '[::1]', '::1]/x'])
      expect(visitorOf(none)).toBe(none);
  });
});
