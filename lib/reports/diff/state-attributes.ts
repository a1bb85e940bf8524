import { withoutUndefined, type Fields, type Setting } from "./resources";

/** Attributes of a resource in Terraform state. */
export type StateValues = Readonly<Record<string, unknown>>;

/** Attributes with one value, and the word that a topology has for it. */
const PLAIN = {
  vmid: "vmId",
  name: "name",
  node: "node",
  clone: "templateId",
  cores: "cores",
  sockets: "sockets",
  memory: "memoryMiB",
  ciuser: "user",
  agent: "agent",
  startup: "started",
  wait_for: "waitFor",
} as const;

/** What a VM's attributes in state mean. What is not set there is left out. */
export function attributesOfState(values: StateValues): Map<string, Fields> {
  const attributes = new Map<string, Fields>();
  for (const [name, value] of Object.entries(values)) {
    const fields = value === null || value === "" ? {} : fieldsOf(name, value);
    if (Object.keys(fields).length > 0) attributes.set(name, fields);
  }
  return attributes;
}

function fieldsOf(name: string, value: unknown): Fields {
  if (name in PLAIN && ["string", "number", "boolean"].includes(typeof value))
    return { [PLAIN[name as keyof typeof PLAIN]]: value as Setting };
  if (name === "tags" && Array.isArray(value)) return tagFields(value.map(String));
  if (typeof value !== "string") return {};
  if (name === "cpu") return { cpu: value.replace(/^cputype=/, "") };
  if (name === "nameserver") return { dnsServers: words(value) };
  if (name === "searchdomain") return { domain: words(value) };
  if (/^scsi\d+$/.test(name)) return diskFields(value);
  if (/^net\d+$/.test(name)) return cardFields(value);
  return /^ipconfig\d+$/.test(name) ? addressFields(value) : {};
}

function tagFields(tags: readonly string[]): Fields {
  const text = [...new Set(tags.map((tag) => tag.toLowerCase()))].sort().join(" ");
  return text === "" ? {} : { tags: text };
}

function words(text: string): string {
  return text
    .split(/[\s,;]+/)
    .join(" ")
    .trim();
}

/** "local-zfs:20". */
function diskFields(text: string): Fields {
  const [storage = "", size = ""] = text.split(":");
  return { storage, sizeGiB: Number(size) };
}

/** "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=14". Its MAC address is nothing that a topology decides. */
function cardFields(text: string): Fields {
  const fields: Record<string, string | number> = {};
  for (const [key, value] of properties(text)) {
    if (key === "bridge") fields["bridge"] = value;
    else if (key === "tag") fields["vlanId"] = Number(value);
    else if (key === "mtu") fields["mtu"] = Number(value);
    else if (value === "" || /^([\da-f]{2}:){5}[\da-f]{2}$/i.test(value)) {
      if (key !== "macaddr") fields["model"] = key;
    } else if (value !== "0") fields[key] = value;
  }
  return fields;
}

/** "ip=192.168.1.100/24,gw=192.168.1.1". */
function addressFields(text: string): Fields {
  const { ip, gw, ip6, gw6 } = Object.fromEntries(properties(text));
  return withoutUndefined({ ipv4: ip, gateway: gw, ipv6: ip6, gateway6: gw6 });
}

function properties(text: string): [key: string, value: string][] {
  return text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    });
}
