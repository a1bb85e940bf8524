import { isPropertyBoolean, parsePropertyString, type Properties } from "./property-string";

/** What each option has to be. Source: qemu-server src/PVE/QemuServer/CPUConfig.pm. */
const OPTIONS: Readonly<Record<string, { readonly pattern: RegExp; readonly allowed: string }>> = {
  cputype: { pattern: /^[A-Za-z0-9][\w.-]*$/, allowed: 'a CPU type such as "host" or "x86-64-v2-AES"' },
  flags: {
    pattern: /^[+-][\w.-]+(;[+-][\w.-]+)*$/,
    allowed: 'flags with + or - before each and ; between, such as "+aes;-pcid"',
  },
  "phys-bits": { pattern: /^(host|[89]|[1-5]\d|6[0-4])$/, allowed: '"host" or 8 to 64' },
  "guest-phys-bits": { pattern: /^(3[2-9]|[45]\d|6[0-4])$/, allowed: "32 to 64" },
  "hv-vendor-id": { pattern: /^[a-zA-Z0-9]{1,12}$/, allowed: "1 to 12 letters and digits" },
  "reported-model": { pattern: /^[A-Za-z0-9][\w.-]*$/, allowed: "a CPU type" },
};

/**
 * Faults of a `cpu` value such as `host,flags=+aes;+pcid`. Which types and flags there are only the node knows: they
 * change with its QEMU.
 */
export function cpuFaults(text: string): string[] {
  let properties: Properties;
  try {
    properties = parsePropertyString(text, "cputype");
  } catch (error) {
    return [(error as Error).message];
  }
  const missing = properties.has("cputype") ? [] : ['it has no CPU type: begin with one such as "host"'];
  const faults = [...properties].flatMap(([key, value]) => {
    if (key === "hidden") return isPropertyBoolean(value) ? [] : [`hidden is "${value}", allowed is 0 or 1`];
    const option = OPTIONS[key];
    if (option === undefined) {
      return [`"${key}" is no CPU option: there are hidden, ${Object.keys(OPTIONS).slice(1).join(", ")}`];
    }
    return option.pattern.test(value) ? [] : [`${key} is "${value}", allowed is ${option.allowed}`];
  });
  return [...missing, ...faults];
}
