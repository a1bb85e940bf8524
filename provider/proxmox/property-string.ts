/**
 * Proxmox's property strings: `part,part,…`, each `key=value` or, once, the bare value of the default key.
 * Source: pve-common src/PVE/JSONSchema.pm (parse_property_string, parse_boolean, print_property_string).
 */
export type Properties = ReadonlyMap<string, string>;

/**
 * Parses a property string.
 *
 * @param text such as `virtio,bridge=vmbr0,tag=14`
 * @param defaultKey key of a part that has none
 * @throws Error where a part has no key and none is the default, a key no value, or a key comes twice
 */
export function parsePropertyString(text: string, defaultKey?: string): Properties {
  const properties = new Map<string, string>();
  for (const part of text.split(",")) {
    // Proxmox stores an empty setting as a blank.
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    const key = at < 0 ? defaultKey : part.slice(0, at);
    if (key === undefined || key === "") {
      throw new Error(`"${part}" has no key: write it as key=value`);
    }
    const value = part.slice(at + 1);
    if (value === "") throw new Error(`"${key}" has no value`);
    if (properties.has(key)) throw new Error(`"${key}" is given twice`);
    properties.set(key, value);
  }
  return properties;
}

/** Prints properties in the order they have, the default key's value bare. */
export function printPropertyString(properties: Properties, defaultKey?: string): string {
  return [...properties].map(([key, value]) => (key === defaultKey ? value : `${key}=${value}`)).join(",");
}

/** Proxmox's truth values inside property strings; all else counts as false. */
export function parsePropertyBoolean(text: string): boolean {
  return /^(1|on|yes|true)$/i.test(text);
}

/** Whether a text is one of Proxmox's truth values. */
export function isPropertyBoolean(text: string): boolean {
  return /^(1|on|yes|true|0|off|no|false)$/i.test(text);
}

/** Whether two maps hold the same properties, in whatever order. */
export function sameProperties(a: Properties, b: Properties): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
