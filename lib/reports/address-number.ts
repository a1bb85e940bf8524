/**
 * The number that an IP address of a resolved topology stands for; undefined where the text is none.
 * Both versions, for what counts addresses and puts them in order.
 */
export function addressNumber(text: string): bigint | undefined {
  return text.includes(":") ? ipv6Number(text) : ipv4Number(text);
}

function ipv4Number(text: string): bigint | undefined {
  const octets = text.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) return undefined;
  return BigInt(octets.reduce((value, octet) => value * 256 + octet, 0));
}

function ipv6Number(text: string): bigint | undefined {
  const [head = "", tail] = text.split("::");
  const [left, right] = [groupsOf(head), groupsOf(tail ?? "")];
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`);
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
