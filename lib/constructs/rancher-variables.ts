import { TerraformVariable, Token } from "cdktf";
import type { TerraformVariableConfig } from "cdktf";
import { Construct } from "constructs";
import { isPublicKey } from "./ssh-keys";

/** Where in the list ssh_public_keys the entries are that are no public keys: the inside of an HCL list. */
const WRONG_KEYS = `for index, key in var.ssh_public_keys : index if !${isPublicKey("trimspace(key)")}`;

/** What a {@link RancherVariables} is made from. */
export interface RancherVariablesProps {
  /** The default of the variable `rancher_hostname`: "rancher.example.com". */
  readonly rancherHostname: string;
}

/**
 * The Terraform variables of a Rancher stack: what varies from one environment to the next.
 * Their names are public contract: pipelines set them (`TF_VAR_proxmox_api_url`).
 */
export class RancherVariables extends Construct {
  readonly proxmoxApiUrl = this.declare("proxmox_api_url", {
    type: "string",
    description:
      "URL of the Proxmox VE API, such as https://pve1.example.com:8006, with or without /api2/json.",
  });
  readonly proxmoxApiUser = this.declare("proxmox_api_user", {
    type: "string",
    description: "Owner of the API token with the realm, such as terraform@pve.",
  });
  readonly proxmoxApiTokenId = this.declare("proxmox_api_token_id", {
    type: "string",
    sensitive: true,
    description: "Name of the API token, such as provider: the part between '!' and '='.",
  });
  readonly proxmoxApiTokenSecret = this.declare("proxmox_api_token_secret", {
    type: "string",
    sensitive: true,
    description: "Secret of the API token, a UUID.",
  });
  readonly proxmoxTlsInsecure = this.declare("proxmox_tls_insecure", {
    type: "bool",
    default: false,
    description:
      "Accept any TLS certificate of the Proxmox VE API. It lets anyone on the way read the token: prefer " +
      "proxmox_ca_file or proxmox_fingerprint.",
  });
  readonly proxmoxCaFile = this.declare("proxmox_ca_file", {
    type: "string",
    default: Token.nullValue(),
    description:
      "Absolute path of a PEM file with the certificates of the CAs to trust, and no others, such as a copy of Proxmox's own " +
      "/etc/pve/pve-root-ca.pem. Null: those that Node brings along.",
  });
  readonly proxmoxFingerprint = this.declare("proxmox_fingerprint", {
    type: "string",
    default: Token.nullValue(),
    description:
      "SHA-256 fingerprint of the one TLS certificate to accept, as pvenode cert info shows it on the node; in place of " +
      "proxmox_ca_file. Null: any certificate that a trusted CA has signed.",
  });
  readonly rancherHostname: TerraformVariable;
  readonly rancherPassword = this.declare("rancher_password", {
    type: "string",
    sensitive: true,
    default: Token.nullValue(),
    description:
      "First password of Rancher's administrator. Making the VMs does not use it: it is declared so that pipelines " +
      "which set it go on working, and is kept for the step that installs Rancher.",
  });
  readonly sshPrivateKey = this.declare("ssh_private_key", {
    type: "string",
    default: "~/.ssh/id_ed25519",
    nullable: false,
    description:
      "Path of the SSH private key to log in with, absolute or beginning with ~/. The key itself is never read: where " +
      "ssh_public_keys is empty the VMs get the public key in the file beside it whose name ends in .pub.",
  });
  readonly sshPublicKeys: TerraformVariable;

  constructor(scope: Construct, id: string, props: RancherVariablesProps) {
    super(scope, id);
    this.rancherHostname = this.declare("rancher_hostname", {
      type: "string",
      default: props.rancherHostname,
      nullable: false,
      description: "DNS name under which Rancher is reached.",
    });
    this.sshPublicKeys = this.declare("ssh_public_keys", {
      type: "list(string)",
      default: [],
      nullable: false,
      description:
        "OpenSSH public keys that may log in to the VMs, one to an entry. Empty: the one beside ssh_private_key.",
      validation: [
        {
          condition: `\${length([${WRONG_KEYS}]) == 0}`,
          errorMessage:
            'Each entry of ssh_public_keys must be one OpenSSH public key, such as "ssh-ed25519 AAAA... name". ' +
            `Counted from 0, these are not: \${join(", ", [${WRONG_KEYS}])}. ` +
            "Give the text of the .pub file, and never a private key: whoever has seen it can log in.",
        },
      ],
    });
  }

  private declare(name: string, config: TerraformVariableConfig): TerraformVariable {
    const variable = new TerraformVariable(this, name, config);
    variable.overrideLogicalId(name);
    return variable;
  }
}
