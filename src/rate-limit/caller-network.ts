/**
 * Returns the network that an address belongs to: an IPv4 address itself, and the first 64 bits of an IPv6 address,
 * since one customer gets at least a /64 (RFC 6177) and could use another address of it for each request.
 */
export function callerNetwork(address: string): string {
  const groups = address.includes(':') ? ipv6Groups(address) : undefined;
  if (groups === undefined) return address;
  const [, , , , , mapped, high = 0, low = 0] = groups;
  // ::ffff:192.0.2.1 is the IPv4 address of a caller as a socket for both versions shows it.
  if (mapped === 0xffff && groups.slice(0, 5).every((group) => group === 0))
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Returns the eight groups of an IPv6 address; `undefined` for anything else. */
function ipv6Groups(address: string): number[] | undefined {
  const [withoutZone = ''] = address.split('%', 1);
  const canonical = canonicalIpv6(withoutZone);
  if (canonical === undefined) return undefined;
  const [head = '', tail] = canonical.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** The URL parser knows every way to write an IPv6 address, and writes each in one way: without dots. */
function canonicalIpv6(address: string): string | undefined {
  return URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : undefined;
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
