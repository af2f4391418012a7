// Which addresses a webhook may reach: public ones only. Everything that leads back into our own network, or nowhere, is
// refused by number, after names are resolved. Ranges: IANA special-purpose address registries (RFC 6890 and successors).
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const REFUSED_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of 2000::/3, the only public space: what carries an IPv4 address inside, or is for documents and tests. */
const REFUSED_IPV6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [net, bits] of REFUSED_IPV4) refused.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of REFUSED_IPV6) refused.addSubnet(net, bits, 'ipv6');
const publicSpace = new BlockList();
publicSpace.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, 'ipv4');
  if (isIPv6(address)) return publicSpace.check(address, 'ipv6') && !refused.check(address, 'ipv6');
  return false;
}

export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Whether a webhook may connect to this address; loopback only where the installation allows it for development. */
export function mayConnect(address: string, allowLocal: boolean): boolean {
  return isPublicAddress(address) || (allowLocal && isLoopback(address));
}

/** Why this address is not taken, in a sentence; undefined where it is. Names are judged when they are connected to. */
export function refusalOf(url: URL, allowLocal: boolean): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const named = /^(localhost|.*\.localhost)\.?$/i.test(host);
  const local = named || isLoopback(host);
  if (url.username !== '' || url.password !== '')
    return 'The address may not hold a name and password; the signature tells you that a message is ours.';
  if (url.protocol !== 'https:' && !(allowLocal && local && url.protocol === 'http:'))
    return 'A webhook goes to https:// addresses only; put a certificate on the receiver.';
  const numeric = isIPv4(host) || isIPv6(host);
  if ((named && !allowLocal) || (numeric && !mayConnect(host, allowLocal)))
    return 'This address is inside a private network; a webhook goes to public addresses only.';
  return undefined;
}
