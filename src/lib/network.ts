/** The network that an internet address belongs to: with IPv6, one household or server has a whole /64 of addresses. Pure. */

const GROUPS = 8;
/** The first 64 bits. */
const NETWORK_GROUPS = 4;

/** The /64 of an IPv6 address; an IPv4 address, also one that is mapped into IPv6, and any other text as it is. */
export function networkOf(address: string): string {
  const mapped = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [before = "", after = ""] = address.toLowerCase().split("::");
  const [head, tail] = [groupsOf(before), groupsOf(after)];
  const zeros = Math.max(0, GROUPS - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => "0"), ...tail];
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

function groupsOf(half: string): string[] {
  return half === "" ? [] : half.split(":").map((group) => group.replace(/^0+(?=.)/, ""));
}
