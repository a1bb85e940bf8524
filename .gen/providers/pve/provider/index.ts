// https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface PveProviderConfig {
  /**
  * Name of the API token alone, such as `provider`. Needed, here or in `PROXMOX_API_TOKEN_ID`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#api_token_id PveProvider#api_token_id}
  */
  readonly apiTokenId?: string;
  /**
  * Secret of the API token, a UUID. Needed, here or in `PROXMOX_API_TOKEN_SECRET`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#api_token_secret PveProvider#api_token_secret}
  */
  readonly apiTokenSecret?: string;
  /**
  * Owner of the API token with the realm, such as `terraform@pve`. Needed, here or in `PROXMOX_API_USER`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#api_user PveProvider#api_user}
  */
  readonly apiUser?: string;
  /**
  * File with the certificates (PEM) of the CAs to trust, and no others, such as Proxmox's own from `/etc/pve/pve-root-ca.pem`. Also from `PROXMOX_CA_FILE`; those that Node brings along where neither says.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#ca_file PveProvider#ca_file}
  */
  readonly caFile?: string;
  /**
  * URL of the Proxmox API, such as `https://pve1.example.com:8006`, with or without `/api2/json`. HTTPS only. Needed, here or in `PROXMOX_ENDPOINT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#endpoint PveProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * SHA-256 fingerprint of the one TLS certificate to accept, whoever signed it and whatever name it holds, as `pvenode cert info` on the node and Proxmox's interface (node, System, Certificates) show it, with or without colons. It is compared before anything is sent. Not together with `ca_file` or `insecure`. Also from `PROXMOX_FINGERPRINT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#fingerprint PveProvider#fingerprint}
  */
  readonly fingerprint?: string;
  /**
  * Accept any TLS certificate, which lets anyone on the way read the token; prefer `ca_file` or `fingerprint`. A warning on every run. Also from `PROXMOX_INSECURE` (`true`, `false`, `1` or `0`); `false` where neither says.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#insecure PveProvider#insecure}
  */
  readonly insecure?: boolean | cdktf.IResolvable;
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#alias PveProvider#alias}
  */
  readonly alias?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs pve}
*/
export class PveProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pve";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a PveProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the PveProvider to import
  * @param importFromId The id of the existing PveProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the PveProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pve", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/dataknife/pve/1.0.0/docs pve} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options PveProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: PveProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'pve',
      terraformGeneratorMetadata: {
        providerName: 'pve',
        providerVersion: '1.0.0',
        providerVersionConstraint: '1.0.0'
      },
      terraformProviderSource: 'dataknife/pve'
    });
    this._apiTokenId = config.apiTokenId;
    this._apiTokenSecret = config.apiTokenSecret;
    this._apiUser = config.apiUser;
    this._caFile = config.caFile;
    this._endpoint = config.endpoint;
    this._fingerprint = config.fingerprint;
    this._insecure = config.insecure;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // api_token_id - computed: false, optional: true, required: false
  private _apiTokenId?: string; 
  public get apiTokenId() {
    return this._apiTokenId;
  }
  public set apiTokenId(value: string | undefined) {
    this._apiTokenId = value;
  }
  public resetApiTokenId() {
    this._apiTokenId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiTokenIdInput() {
    return this._apiTokenId;
  }

  // api_token_secret - computed: false, optional: true, required: false
  private _apiTokenSecret?: string; 
  public get apiTokenSecret() {
    return this._apiTokenSecret;
  }
  public set apiTokenSecret(value: string | undefined) {
    this._apiTokenSecret = value;
  }
  public resetApiTokenSecret() {
    this._apiTokenSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiTokenSecretInput() {
    return this._apiTokenSecret;
  }

  // api_user - computed: false, optional: true, required: false
  private _apiUser?: string; 
  public get apiUser() {
    return this._apiUser;
  }
  public set apiUser(value: string | undefined) {
    this._apiUser = value;
  }
  public resetApiUser() {
    this._apiUser = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiUserInput() {
    return this._apiUser;
  }

  // ca_file - computed: false, optional: true, required: false
  private _caFile?: string; 
  public get caFile() {
    return this._caFile;
  }
  public set caFile(value: string | undefined) {
    this._caFile = value;
  }
  public resetCaFile() {
    this._caFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caFileInput() {
    return this._caFile;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this._endpoint;
  }
  public set endpoint(value: string | undefined) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // fingerprint - computed: false, optional: true, required: false
  private _fingerprint?: string; 
  public get fingerprint() {
    return this._fingerprint;
  }
  public set fingerprint(value: string | undefined) {
    this._fingerprint = value;
  }
  public resetFingerprint() {
    this._fingerprint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get fingerprintInput() {
    return this._fingerprint;
  }

  // insecure - computed: false, optional: true, required: false
  private _insecure?: boolean | cdktf.IResolvable; 
  public get insecure() {
    return this._insecure;
  }
  public set insecure(value: boolean | cdktf.IResolvable | undefined) {
    this._insecure = value;
  }
  public resetInsecure() {
    this._insecure = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get insecureInput() {
    return this._insecure;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      api_token_id: cdktf.stringToTerraform(this._apiTokenId),
      api_token_secret: cdktf.stringToTerraform(this._apiTokenSecret),
      api_user: cdktf.stringToTerraform(this._apiUser),
      ca_file: cdktf.stringToTerraform(this._caFile),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      fingerprint: cdktf.stringToTerraform(this._fingerprint),
      insecure: cdktf.booleanToTerraform(this._insecure),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      api_token_id: {
        value: cdktf.stringToHclTerraform(this._apiTokenId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      api_token_secret: {
        value: cdktf.stringToHclTerraform(this._apiTokenSecret),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      api_user: {
        value: cdktf.stringToHclTerraform(this._apiUser),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ca_file: {
        value: cdktf.stringToHclTerraform(this._caFile),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      fingerprint: {
        value: cdktf.stringToHclTerraform(this._fingerprint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      insecure: {
        value: cdktf.booleanToHclTerraform(this._insecure),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
