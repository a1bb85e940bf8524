import fs from "node:fs";
import path from "node:path";
import { QEMU_SCHEMA } from "../../../provider/resources/qemu-schema";

/** A folder of exchanges recorded from a genuine server; empty where the environment names none. */
const recorded = process.env["PVE_RECORDED"] ?? "";
const RECORDING = path.join(recorded, "property-strings.json");

interface Row {
  readonly key: string;
  readonly input: string;
  readonly ok: boolean;
}

/** What is left to Proxmox, for it changes with the node's QEMU. */
const LEFT_TO_PROXMOX = new Set(["cpu host,flags=+nosuch", "cpu foo", "cpu custom-foo"]);

/** Attributes whose text goes to Proxmox as it is. */
const ATTRIBUTES = ["name", "cpu", "net0", "ipconfig0", "nameserver"];

function readRows(): Row[] {
  const rows = JSON.parse(fs.readFileSync(RECORDING, "utf8")) as Row[];
  return rows
    .map((row) => ({ ...row, key: row.key.replace(/^(net|ipconfig)1$/, "$10") }))
    .filter(
      ({ key, input, ok }) =>
        // An empty text is Terraform's word for clearing a setting, and goes to Proxmox as such.
        input !== "" && ATTRIBUTES.includes(key) && !ok && !LEFT_TO_PROXMOX.has(`${key} ${input}`),
    );
}

if (recorded === "" || !fs.existsSync(RECORDING)) {
  describe.skip("what Proxmox was recorded to refuse (PVE_RECORDED names no folder with property-strings.json)", () => {
    test("is refused at validate", () => undefined);
  });
} else {
  describe("what Proxmox was recorded to refuse", () => {
    test.each(readRows().map(({ key, input }) => [key, input] as const))(
      "%s = %j is refused at validate",
      (key, input) => {
        expect(QEMU_SCHEMA.block.attributes[key]?.validate?.(input) ?? []).not.toEqual([]);
      },
    );
  });
}
