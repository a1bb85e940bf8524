import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack } from "cdktf";
import { RancherVariables } from "../../../lib";
import { SshKeys } from "../../../lib/constructs/ssh-keys";
import { TerraformFolder, describeTerraform } from "../../support/terraform-runner";
import { synthesizedText } from "./synthesized";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGL person@host";
const otherKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB";

// Each test runs Terraform, which takes its time where other tests run beside it.
jest.setTimeout(60_000);

describeTerraform("SSH keys, as Terraform works them out", () => {
  let variables: Record<string, string> = {};
  let folder: TerraformFolder;

  beforeAll(async () => {
    folder = new TerraformFolder(() => ({
      TF_CLI_CONFIG_FILE: path.join(folder.path, "none.tfrc"),
      HOME: folder.path,
      USERPROFILE: folder.path,
      TF_VAR_proxmox_api_url: "https://127.0.0.1:1",
      TF_VAR_proxmox_api_user: "terraform@pve",
      TF_VAR_proxmox_api_token_id: "provider",
      TF_VAR_proxmox_api_token_secret: "00000000-0000-0000-0000-000000000000",
      ...variables,
    }));
    folder.write("none.tfrc", "");
    const text = synthesizedText((app) => {
      const stack = new TerraformStack(app, "stack");
      new RancherVariables(stack, "variables", { rancherHostname: "rancher.example.com" });
      new SshKeys(stack, "ssh");
      return stack;
    });
    folder.write("cdk.tf.json", text);
    expect((await folder.run("init", "-input=false")).code).toBe(0);
  });

  afterAll(() => {
    folder.remove();
  });

  /** The keys that the VMs would get, or what the user is told. */
  async function plan(
    given: Record<string, string>,
    files: Record<string, string> = {},
  ): Promise<{ keys?: string[]; told: string }> {
    variables = given;
    const home = path.join(folder.path, ".ssh");
    fs.rmSync(home, { recursive: true, force: true });
    fs.mkdirSync(home);
    for (const [name, text] of Object.entries(files)) folder.write(path.join(".ssh", name), text);
    const { code, output } = await folder.run("plan", "-input=false", "-out=plan");
    // Terraform draws a bar before each line of an error, and breaks the lines.
    const told = output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
    if (code !== 0) return { told };
    const shown = JSON.parse((await folder.run("show", "-json", "plan")).output) as {
      planned_values: { outputs: { ssh_public_keys: { value: string[] } } };
    };
    return { told, keys: shown.planned_values.outputs.ssh_public_keys.value };
  }

  test("those of ssh_public_keys, spaces around them aside", async () => {
    const given = { TF_VAR_ssh_public_keys: JSON.stringify([`${key}\n`, ` ${otherKey}`]) };
    expect((await plan(given, { "id_ed25519.pub": "not looked at" })).keys).toEqual([key, otherKey]);
  });

  test("where it is empty, the public key beside the default private key, which is not read", async () => {
    expect((await plan({}, { "id_ed25519.pub": `# mine\r\n${key}\r\n\n` })).keys).toEqual([key]);
  });

  test("or beside another private key, be it named by its public key", async () => {
    const files = { "work.pub": otherKey };
    const paths = ["~/.ssh/work", path.join(folder.path, ".ssh", "work.pub")];
    for (const file of paths) {
      expect((await plan({ TF_VAR_ssh_private_key: file }, files)).keys).toEqual([otherKey]);
    }
  });

  test("without any there is one error, which tells the two ways to give one", async () => {
    const { told, keys } = await plan({});
    expect(keys).toBeUndefined();
    expect(told.match(/Error:/g)).toHaveLength(1);
    expect(told).toContain("There is no SSH public key for the VMs");
    expect(told).toContain(path.join(".ssh", "id_ed25519.pub"));
    expect(told).toContain(`TF_VAR_ssh_public_keys='["ssh-ed25519 AAAA... name"]'`);
    expect(told).toContain("set ssh_private_key to the path of a private key");
  });

  test("a private key in the place of the public one is no key, and is not repeated", async () => {
    const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n";
    const inFile = await plan({}, { "id_ed25519.pub": privateKey });
    expect(inFile.told).toContain("There is no SSH public key for the VMs");
    const inList = await plan({ TF_VAR_ssh_public_keys: JSON.stringify([key, privateKey, "x"]) });
    expect(inList.told.match(/Error:/g)).toHaveLength(1);
    expect(inList.told).toContain("Counted from 0, these are not: 1, 2.");
    expect(inFile.told + inList.told).not.toContain("c2VjcmV0");
  });

  test("destroying needs none", async () => {
    variables = {};
    fs.rmSync(path.join(folder.path, ".ssh"), { recursive: true, force: true });
    expect((await folder.run("plan", "-destroy", "-input=false")).code).toBe(0);
  });
});
