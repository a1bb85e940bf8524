import { checkOptions, InvalidOptions } from "../../../simulator/options/check-options";
import type { SimulatorOptions } from "../../../simulator/options/options";

const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a6b";
const CONFIG = "user:terraform@pve:1:0::::::\ntoken:terraform@pve!provider:0:1::\n";

function faultsOf(options: SimulatorOptions): readonly string[] {
  try {
    checkOptions(options);
    return [];
  } catch (error) {
    if (error instanceof InvalidOptions) return error.faults;
    throw error;
  }
}

test("takes a user.cfg with secrets and passwords for those whom it names", () => {
  const secrets = { "terraform@pve!provider": SECRET };
  const passwords = { "terraform@pve": "x", "root@pam": "y" };
  expect(faultsOf({ access: { userConfig: CONFIG, secrets, passwords } })).toEqual([]);
  expect(faultsOf({ access: { secrets, passwords } })).toEqual([]);
});

test("names every line of a user.cfg that cannot be", () => {
  const userConfig = `${CONFIG}role:Old:VM.Monitor:\nacl:1:/vms:nobody@pve:Old:\n`;
  expect(faultsOf({ access: { userConfig } })).toEqual([
    'access.userConfig line 3: must be a privilege of Proxmox VE 9; got "VM.Monitor"',
    'access.userConfig line 4: must be a user, a token or an @group that stands above; got "nobody@pve"',
  ]);
});

test("wants the token that is shown to be one of those of the user.cfg", () => {
  expect(faultsOf({ access: { userConfig: CONFIG }, token: { tokenId: "other" } })).toEqual([
    'token: must be a token of access.userConfig, which are: terraform@pve!provider; got "terraform@pve!other"',
  ]);
});

test("shows no secret that is wrong", () => {
  const secrets = { "terraform@pve!provider": "not-a-uuid", "nobody@pve!x1": SECRET };
  expect(faultsOf({ access: { secrets, passwords: { "bob@pve": "hush" } } })).toEqual([
    'access.secrets.terraform@pve!provider: must be a UUID in lower case, as Proxmox VE makes them; got "(hidden)"',
    'access.secrets.nobody@pve!x1: must be a token of the user.cfg; got "nobody@pve!x1"',
    'access.passwords.bob@pve: must be a user of the user.cfg; got "bob@pve"',
  ]);
});
