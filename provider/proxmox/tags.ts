/** A tag as Proxmox allows it. Source: pve-common src/PVE/JSONSchema.pm (pve-tag). */
export const TAG = /^[a-z0-9_][a-z0-9_\-+.]*$/i;

/** Tags as Proxmox keeps them: lower case, each once, sorted. */
export function normalizeTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.toLowerCase()))].sort();
}

/** Tags of the stored form `a;b`. */
export function parseTags(text: string): string[] {
  return normalizeTags(text.split(/[;,\s]+/).filter((tag) => tag !== ""));
}
