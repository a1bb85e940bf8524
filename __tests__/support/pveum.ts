import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiClient } from "../../provider/proxmox/api-client";

const API_TOKEN = readFileSync(join(__dirname, "..", "..", "docs", "API_TOKEN.md"), "utf8");

/** The `pveum` commands of docs/API_TOKEN.md under a heading, up to the next one. */
export function documentedCommands(heading: string): string[] {
  const lines = API_TOKEN.split("\n");
  const start = lines.findIndex((line) => line.replace(/^#+ /, "") === heading && line.startsWith("#"));
  if (start === -1) throw new Error(`docs/API_TOKEN.md has no heading "${heading}"`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("#"));
  return rest.slice(0, end === -1 ? undefined : end).filter((line) => line.startsWith("pveum "));
}

/**
 * Does what `pveum` would do, by the calls that it makes.
 *
 * @returns the secret of the token that was made, if one was
 */
export async function pveum(client: ApiClient, command: string): Promise<string | undefined> {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  const options: Record<string, string> = {};
  const names: string[] = [];
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) names.push(word);
    else options[word.slice(2)] = words[(index += 1)] ?? "";
  }
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = names;
  switch (`${first} ${second}`) {
    case "role add":
      await client.post("/access/roles", { roleid: third, ...options });
      return undefined;
    case "user add":
      await client.post("/access/users", { userid: third, ...options });
      return undefined;
    case "user token":
      return (await client.post<{ value: string }>(`/access/users/${fourth}/token/${fifth}`, options)).value;
    case "pool add":
      await client.post("/pools", { poolid: third, ...options });
      return undefined;
    case "acl modify":
      await client.put("/access/acl", { path: third, ...options });
      return undefined;
    default:
      throw new Error(`not a command that the documentation uses: ${command}`);
  }
}
