import { TerraformLocal, TerraformOutput } from "cdktf";
import { Construct } from "constructs";

/**
 * The kinds of key that OpenSSH takes for public-key login (openssh-portable:sshkey.c), then the key in base64.
 * HCL and JavaScript both read the pattern; it holds no backslash, which HCL would need twice.
 */
const PUBLIC_KEY =
  "^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh[.]com) [A-Za-z0-9+/]+=*( .*)?$";

/** Matches one OpenSSH public key as a `.pub` file has it, comment included. */
export const publicKeyPattern = new RegExp(PUBLIC_KEY);

/** An HCL expression that is true where the HCL expression `key` is one OpenSSH public key. */
export function isPublicKey(key: string): string {
  return `can(regex("${PUBLIC_KEY}", ${key}))`;
}

/**
 * The SSH public keys of a Rancher stack: those of the variable `ssh_public_keys`, and where it is empty
 * those in the file beside `ssh_private_key`. Where there are none either, the plan fails and says so.
 *
 * The variables are those of {@link RancherVariables}.
 */
export class SshKeys extends Construct {
  /**
   * The keys, one a line: an expression as text, which every VM takes as the one entry of its `sshPublicKeys`.
   * A token of CDKTF's would be resolved again for each of them.
   */
  readonly publicKeyLines = '${join("\\n", local.ssh_public_keys)}';

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Someone who gives the path of the public key itself means the same pair.
    this.declareLocal("ssh_public_key_file", '${trimsuffix(pathexpand(var.ssh_private_key), ".pub")}.pub');
    // file() is read only where the file is there; its own error would not say what to do.
    this.declareLocal(
      "ssh_public_key_lines",
      '${split("\\n", fileexists(local.ssh_public_key_file) ? file(local.ssh_public_key_file) : "")}',
    );
    const keys = this.declareLocal(
      "ssh_public_keys",
      "${[for key in length(var.ssh_public_keys) > 0 ? var.ssh_public_keys : local.ssh_public_key_lines : " +
        `trimspace(key) if ${isPublicKey("trimspace(key)")}]}`,
    );
    // On an output and not on the VMs: one mistake is one error, not one for each VM.
    const output = new TerraformOutput(scope, "ssh_public_keys", {
      value: keys.asList,
      description: "The SSH public keys that may log in to the VMs.",
    });
    // CDKTF takes a precondition for an output, but does not render it.
    output.addOverride("precondition", {
      condition: "${length(local.ssh_public_keys) > 0}",
      error_message:
        "There is no SSH public key for the VMs, and nobody could log in to them: the variable ssh_public_keys is " +
        "empty, and ${local.ssh_public_key_file} is missing or holds no public key. Either give the keys themselves, " +
        "TF_VAR_ssh_public_keys='[\"ssh-ed25519 AAAA... name\"]', or set ssh_private_key to the path of a private key " +
        "whose public key is beside it (ssh-keygen -t ed25519 makes such a pair).",
    });
  }

  private declareLocal(name: string, expression: string): TerraformLocal {
    const local = new TerraformLocal(this, `local_${name}`, expression);
    local.overrideLogicalId(name);
    return local;
  }
}
