import { callerNetwork } from '../../src/rate-limit/caller.js';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
])('%s is counted as %s', (address, network) => {
  expect(callerNetwork(address)).toBe(network);
});

test.each(['1:2', 'a:b:c', '::1::2', '[::1]', 'user:1', '12345::'])(
  'what is no address stays what it is: %s',
  (text) => {
    expect(callerNetwork(text)).toBe(text);
  },
);
