import { BlockList, isIP } from "node:net";

export type Verdict = "public" | "private" | "never";

type Range = readonly [network: string, prefix: number];

/** Refused whatever the settings say: no receiver can be there, but a cloud's credentials or another network may be. */
const neverRanges: readonly Range[] = [
  // "This network", multicast, reserved, broadcast.
  ["0.0.0.0", 8],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["ff00::", 8],
  // Link-local, where clouds answer with credentials (169.254.169.254, 169.254.170.2).
  ["169.254.0.0", 16],
  ["fe80::", 10],
  // Metadata and host services outside of link-local: AWS, GCP, Alibaba, Oracle, Azure.
  ["fd00:ec2::254", 128],
  ["fd20:ce::254", 128],
  ["100.100.100.200", 32],
  ["192.0.0.192", 32],
  ["168.63.129.16", 32],
  // Addresses that embed another address: NAT64, 6to4, Teredo.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
  // Identifiers that belong to no machine (ORCHID).
  ["2001:10::", 28],
  ["2001:20::", 28],
];

/**
 * The range of all public IPv6 addresses. Anything outside is unspecified (`::`), embeds an IPv4 address, is for segment routing,
 * or is unassigned.
 */
const globalUnicast: Range = ["2000::", 3];

/** Loopback, private networks, carrier-grade NAT, documentation and benchmarks. */
const privateRanges: readonly Range[] = [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["::1", 128],
  ["fc00::", 7],
  ["fec0::", 10],
  ["100::", 64],
  ["2001:db8::", 32],
  ["2001:2::", 48],
  ["3fff::", 20],
];

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
  return list;
}

const never = listOf(neverRanges);
const inner = listOf(privateRanges);
const global = listOf([globalUnicast]);

/** Classifies an address. An IPv4 address inside ::ffff:0:0/96 counts as that IPv4 address. */
export function addressVerdict(address: string): Verdict {
  const family = isIP(address);
  if (family === 0) return "never";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? mappedHex(address);
  if (mapped !== null) return addressVerdict(mapped);
  const name = family === 4 ? "ipv4" : "ipv6";
  // A zone (`fe80::1%eth0`) exists only on a link.
  if (address.includes("%") || never.check(address, name)) return "never";
  if (inner.check(address, name)) return "private";
  return family === 4 || global.check(address, name) ? "public" : "never";
}

function mappedHex(address: string): string | null {
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!match) return null;
  const high = Number.parseInt(match[1] as string, 16);
  const low = Number.parseInt(match[2] as string, 16);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
