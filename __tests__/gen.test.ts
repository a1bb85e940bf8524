import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { GENERATED, generateBindings } from "../provider/mirror/bindings";
import { describeTerraform } from "./support/terraform-runner";

const COMMITTED = path.join(__dirname, "..", ".gen");

/** Contents of what `cdktf get` generates, by path below a folder. */
function generatedFiles(folder: string): Record<string, string> {
  const files = GENERATED.flatMap((name) => {
    const place = path.join(folder, name);
    if (fs.statSync(place).isFile()) return [name];
    return fs
      .readdirSync(place, { recursive: true, encoding: "utf8" })
      .map((inner) => path.join(name, inner))
      .filter((inner) => fs.statSync(path.join(folder, inner)).isFile());
  });
  return Object.fromEntries(files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]));
}

describeTerraform("the committed bindings", () => {
  test("are what the provider as it is generates; if not, run npm run get", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gen-test-"));
    try {
      const generated = generatedFiles(await generateBindings(folder));
      const committed = generatedFiles(COMMITTED);
      expect(Object.keys(committed).sort()).toEqual(Object.keys(generated).sort());
      const different = Object.keys(generated).filter((file) => committed[file] !== generated[file]);
      expect(different).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
