import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bundleProvider } from "../../../provider/mirror/bundle";
import { installProviders, terraformPlatform } from "../../../provider/mirror/mirror";
import { NULL_PACKAGE, PVE_PACKAGE } from "../../../provider/mirror/provider-package";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mirror-test-"));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function filesBelow(root: string): string[] {
  return fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(root, file)).isFile());
}

test.each([
  ["linux", "x64", "linux_amd64"],
  ["darwin", "arm64", "darwin_arm64"],
  ["linux", "arm", "linux_arm"],
  ["linux", "ia32", "linux_386"],
])("%s on %s is %s to Terraform", (platform, architecture, expected) => {
  expect(terraformPlatform(platform, architecture)).toBe(expected);
});

test("a mirror holds one executable a provider, each of the version that it says itself", async () => {
  const installed = await installProviders(folder, [PVE_PACKAGE, NULL_PACKAGE]);
  const platform = terraformPlatform();
  const nullVersion = NULL_PACKAGE.version;
  expect(filesBelow(folder).sort()).toEqual([
    `registry.terraform.io/dataknife/pve/1.0.0/${platform}/terraform-provider-pve_v1.0.0.cjs`,
    `registry.terraform.io/hashicorp/null/${nullVersion}/${platform}/terraform-provider-null_v${nullVersion}.cjs`,
  ]);
  for (const { file, source, version } of installed) {
    expect(fs.statSync(file).mode & 0o777).toBe(0o755);
    const run = promisify(execFile)(file);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`terraform-provider-${path.basename(source)} ${version}`) as string,
    });
  }
});

test("what has not changed is left alone, what has is replaced whole", async () => {
  const [first] = await installProviders(folder, [NULL_PACKAGE]);
  const file = first?.file ?? "";
  const before = fs.statSync(file);
  expect(await installProviders(folder, [NULL_PACKAGE])).toEqual([{ ...first, changed: false }]);
  expect(fs.statSync(file).ino).toBe(before.ino);

  fs.writeFileSync(file, "an older build");
  const open = fs.openSync(file, "r");
  expect(await installProviders(folder, [NULL_PACKAGE])).toEqual([{ ...first, changed: true }]);
  // A process that has the old file open keeps it.
  expect(fs.readFileSync(open, "utf8")).toBe("an older build");
  fs.closeSync(open);
  expect(filesBelow(folder)).toHaveLength(1);
});

test("no second file ever stands beside the executable: it would change the hash of the package", async () => {
  const beside: string[][] = [];
  const rename = jest.spyOn(fs, "renameSync").mockImplementationOnce((_from, to) => {
    beside.push(fs.readdirSync(path.dirname(String(to))));
  });
  try {
    await installProviders(folder, [NULL_PACKAGE]);
  } finally {
    rename.mockRestore();
  }
  expect(beside).toEqual([[]]);
});

test("several may install at once", async () => {
  const results = await Promise.all([1, 2, 3].map(() => installProviders(folder, [NULL_PACKAGE])));
  expect(new Set(results.flat().map(({ file }) => file)).size).toBe(1);
  expect(filesBelow(folder)).toHaveLength(1);
});

test("a folder that cannot be written is told, with what to do", async () => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "");
  await expect(installProviders(file, [NULL_PACKAGE])).rejects.toThrow(
    /Cannot write .*ENOTDIR.*Choose a folder/,
  );
});

test("the same sources give the same bytes, wherever the command runs", async () => {
  const here = await bundleProvider(PVE_PACKAGE.entry);
  const previous = process.cwd();
  process.chdir(folder);
  try {
    expect(Buffer.from(await bundleProvider(PVE_PACKAGE.entry)).equals(here)).toBe(true);
  } finally {
    process.chdir(previous);
  }
  const text = Buffer.from(here).toString("utf8");
  expect(text.startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(text).not.toContain(path.join(__dirname, "..", "..", ".."));
});
