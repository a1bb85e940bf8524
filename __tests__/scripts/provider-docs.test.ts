import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Block } from "../../provider/plugin/schema";
import { createProvider } from "../../provider/pve-provider";
import { withGeneratedParts } from "../../scripts/provider-docs/generated-parts";
import { blockMarkdown } from "../../scripts/provider-docs/schema-markdown";
import { serveReattached } from "../support/reattach";
import { describeTerraform, TerraformFolder } from "../support/terraform-runner";

const PAGE = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "PROVIDER.md"), "utf8");
const PROVIDER = createProvider({});

test("docs/PROVIDER.md is what the schema says; if not, run npm run docs", () => {
  expect(withGeneratedParts(PAGE, PROVIDER)).toBe(PAGE);
});

test("every attribute is described, in a sentence", () => {
  const lines = PAGE.split("\n").filter((line) => /^ *- `\w+` \(/.test(line));
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => !/\): [A-Z`].*\.$/.test(line))).toEqual([]);
});

test("a page that lacks a type, or has one too many, is refused by name", () => {
  const page = PAGE.replace("generated: data pve_nodes", "generated: data pve_hosts");
  expect(() => withGeneratedParts(page, PROVIDER)).toThrow(
    /lacks the part .*data pve_nodes[^]*"data pve_hosts"/,
  );
});

test("every trait of an attribute is told", () => {
  const block: Block = {
    description: "A thing.",
    attributes: {
      id: { type: "string", computed: true, description: "Where." },
      size: {
        type: "number",
        required: true,
        requiresReplace: true,
        description: "How large.",
        validate: Object.assign(() => [], { allowed: "any" }),
      },
      mode: { type: "string", default: "fast", sensitive: true, description: "How." },
      rows: {
        type: { list: { object: { tags: { set: "string" } } } },
        fields: { tags: { type: { set: "string" }, description: "Labels." } },
        description: "What.",
      },
    },
    blocks: {
      limits: {
        nesting: "single",
        block: {
          description: "Bounds.",
          attributes: {
            low: { type: { map: "bool" }, optional: true, computed: true, description: "Least." },
          },
        },
      },
    },
  };
  expect(blockMarkdown(block).split("\n")).toEqual([
    "A thing.",
    "",
    "- `id` (string, computed): Where.",
    "- `size` (number, required, **forces replacement**): How large. Allowed: any.",
    '- `mode` (string, optional, default `"fast"`, sensitive): How.',
    "- `rows` (list of object): What.",
    "  - `tags` (set of string): Labels.",
    "- `limits` (block, optional): Bounds.",
    "  - `low` (map of bool, optional, computed): Least.",
  ]);
});

describeTerraform("the examples of docs/PROVIDER.md", () => {
  test("are valid", async () => {
    const provider = await serveReattached(PROVIDER, "registry.terraform.io/dataknife/pve");
    const work: TerraformFolder = new TerraformFolder(() => ({
      TF_REATTACH_PROVIDERS: provider.reattach,
      HOME: work.path,
      TF_CLI_CONFIG_FILE: os.devNull,
    }));
    try {
      // The key that an example reads from the home folder.
      fs.mkdirSync(path.join(work.path, ".ssh"));
      work.write(
        path.join(".ssh", "id_ed25519.pub"),
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA user@host",
      );
      const examples = [...PAGE.matchAll(/```hcl\n([^]*?)```/g)].map(([, code]) => code ?? "");
      expect(examples.length).toBeGreaterThan(4);
      examples.forEach((code, index) => {
        work.write(`example-${index}.tf`, code);
      });
      expect((await work.run("validate")).output).toContain("The configuration is valid");
    } finally {
      provider.close();
      work.remove();
    }
  }, 30_000);
});
