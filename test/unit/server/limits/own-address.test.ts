import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { OwnAddresses } from '../../../../src/server/limits/own-address.ts';

describe('OwnAddresses', () => {
  it('has loopback addresses, however they are written', () => {
    const own = new OwnAddresses({ list: () => [] });
    for (const address of [
      '127.0.0.1',
      '127.8.9.10',
      '::1',
      '0:0:0:0:0:0:0:1',
      '::ffff:127.0.0.1',
      '::FFFF:7f00:1',
      '0:0:0:0:0:ffff:127.1.2.3',
    ])
      expect(own.has(address), address).toBe(true);
  });

  it('has the addresses of the interfaces, however they are written', () => {
    const own = new OwnAddresses({ list: () => ['192.0.2.7', 'fe80::a:b', '2001:db8::7'] });
    for (const address of [
      '192.0.2.7',
      '::ffff:192.0.2.7',
      'fe80::a:b%eth0',
      '2001:DB8:0:0::7',
      '2001:db8::0007',
    ])
      expect(own.has(address), address).toBe(true);
  });

  it('has no other address, and nothing that is no address', () => {
    const own = new OwnAddresses({ list: () => ['192.0.2.7', '2001:db8::7'] });
    for (const address of [
      undefined,
      '',
      '192.0.2.8',
      '2001:db8::8',
      '::2',
      '::',
      '::127.0.0.1',
      '127.0.0.1.example.com',
      '127.evil',
      'localhost',
      '1.127.0.0',
    ])
      expect(own.has(address), String(address)).toBe(false);
  });

  it('looks at the interfaces again after a while', () => {
    let now = 0;
    let addresses = ['192.0.2.7'];
    const own = new OwnAddresses({ list: () => addresses, clock: () => now });
    expect(own.has('192.0.2.7')).toBe(true);
    addresses = ['192.0.2.8'];
    now = 59_000;
    expect(own.has('192.0.2.8')).toBe(false);
    now = 60_000;
    expect(own.has('192.0.2.8')).toBe(true);
    expect(own.has('192.0.2.7')).toBe(false);
  });

  it('knows this machine', () => {
    const own = new OwnAddresses();
    for (const one of Object.values(networkInterfaces()).flat())
      expect(own.has(one?.address)).toBe(true);
  });
});
