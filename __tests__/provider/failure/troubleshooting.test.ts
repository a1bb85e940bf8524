import * as fs from "node:fs";
import * as path from "node:path";
import { afterTask } from "./advice/advised";

const project = path.join(__dirname, "..", "..", "..");
const page = fs.readFileSync(path.join(project, "docs", "TROUBLESHOOTING.md"), "utf8");
const sources = sourceFiles(path.join(project, "provider")).join("\n");

/** What Terraform itself prints, or the stack's check of its variables. */
const TERRAFORMS = [
  "startup = false -> true",
  "must be replaced",
  "tainted",
  "There is no SSH public key for the VMs",
];

/** The texts in the titles of what goes wrong once Proxmox is reached. */
const titles = [...page.slice(page.indexOf("## Making VMs")).matchAll(/^\*\*(.+?)\*\*/gm)]
  .flatMap(([, title = ""]) => [...title.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text))
  .filter((text) => !TERRAFORMS.includes(text));

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(file) : [fs.readFileSync(file, "utf8")];
  });
}

/** Whether the provider prints the text, whatever the ids, names and addresses in it. */
function isPrinted(text: string): boolean {
  const parts = text
    .split(/VM 401 \(rancher-manager-1\)|\b(?:\d+|scsi1|pve2|node)\b|…|, /)
    .map((part) => part.trim());
  return parts.every((part) => sources.includes(part));
}

/** Whether it is a text of Proxmox's after which the provider has advice. */
function isAdvised(text: string): boolean {
  // Advice stands below an empty line.
  return afterTask(text).includes("\n\n");
}

test.each(titles)("docs/TROUBLESHOOTING.md has a text that users see for its title: %s", (text) => {
  expect(isPrinted(text) || isAdvised(text)).toBe(true);
});

test("titles are found, and one that nobody prints would be", () => {
  expect(isPrinted("the guest agent was asleep") || isAdvised("the guest agent was asleep")).toBe(false);
  expect(titles.length).toBeGreaterThan(20);
});
