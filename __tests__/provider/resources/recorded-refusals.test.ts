import fs from "node:fs";
import path from "node:path";
import { QEMU_SCHEMA } from "../../../provider/resources/qemu-schema";

const recorded = process.env["PVE_RECORDED"];

interface Row {
  readonly key: string;
  readonly input: string;
  readonly ok: boolean;
}

/** What is left to Proxmox, for it changes with the node's QEMU. */
const LEFT_TO_PROXMOX = new Set(["cpu host,flags=+nosuch", "cpu foo", "cpu custom-foo"]);

/** Attributes whose text goes to Proxmox as it is. */
const ATTRIBUTES = ["name", "cpu", "net0", "ipconfig0", "nameserver"];

function readRows(folder: string): Row[] {
  const rows = JSON.parse(fs.readFileSync(path.join(folder, "property-strings.json"), "utf8")) as Row[];
  return rows
    .map((row) => ({ ...row, key: row.key.replace(/^(net|ipconfig)1$/, "$10") }))
    .filter(
      ({ key, input, ok }) =>
        // An empty text is Terraform's word for clearing a setting, and goes to Proxmox as such.
        input !== "" && ATTRIBUTES.includes(key) && !ok && !LEFT_TO_PROXMOX.has(`${key} ${input}`),
    );
}

if (recorded === undefined) {
  describe.skip("what Proxmox was recorded to refuse (PVE_RECORDED is not set)", () => {
    test("is refused at validate", () => undefined);
  });
} else {
  describe("what Proxmox was recorded to refuse", () => {
    test.each(readRows(recorded).map(({ key, input }) => [key, input] as const))(
      "%s = %j is refused at validate",
      (key, input) => {
        expect(QEMU_SCHEMA.block.attributes[key]?.validate?.(input) ?? []).not.toEqual([]);
      },
    );
  });
}
