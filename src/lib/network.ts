/** Whose an internet address is: one household or server has a whole /64 of IPv6 to choose from. Pure. */

const GROUPS = 8;
const OF_NETWORK = 4;

/** An IPv4 address as it is, of an IPv6 one its /64. Whatever is neither stands for itself. */
export function networkOf(address: string): string {
  const mapped = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(":")) return mapped ?? address;
  const [before = "", after = ""] = address.toLowerCase().split("::");
  const [head, tail] = [groupsOf(before), groupsOf(after)];
  const zeros = Math.max(0, GROUPS - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => "0"), ...tail];
  return `${groups.slice(0, OF_NETWORK).join(":")}::/64`;
}

function groupsOf(half: string): string[] {
  return half === "" ? [] : half.split(":").map((group) => group.replace(/^0+(?=.)/, ""));
}
