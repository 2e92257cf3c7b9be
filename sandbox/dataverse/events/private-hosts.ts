import { BlockList, isIP } from 'node:net';

/** Hosts that no certificate can be had for: this machine, and those of a network of one's own. */

const addresses = new BlockList();
for (const [address, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  addresses.addSubnet(address, bits, 'ipv4');
}
addresses.addAddress('::1', 'ipv6');
addresses.addSubnet('fc00::', 7, 'ipv6');
addresses.addSubnet('fe80::', 10, 'ipv6');

/** A name without a dot, as containers have, or of a zone that is never public. Source: RFC 6761, RFC 6762, RFC 8375. */
const PRIVATE_NAME = /^[^.]+$|\.(?:localhost|local|internal|home\.arpa|test)$/;

/** @param hostname as `URL` has it: in lower case, IPv6 in brackets */
export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  switch (isIP(bare)) {
    case 4:
      return addresses.check(bare, 'ipv4');
    case 6:
      return addresses.check(bare, 'ipv6');
    default:
      return PRIVATE_NAME.test(bare);
  }
}
