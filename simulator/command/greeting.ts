import type { Simulator } from "../server/simulator";

/**
 * What a person needs to use the simulator, ready to be pasted.
 *
 * @param caFile absolute path of the CA certificate
 */
export function greeting(simulator: Simulator, caFile: string): string {
  const { url, token, authorization } = simulator;
  const environment = {
    PROXMOX_ENDPOINT: url,
    PROXMOX_API_USER: token.user,
    PROXMOX_API_TOKEN_ID: token.tokenId,
    PROXMOX_API_TOKEN_SECRET: token.secret,
    PROXMOX_CA_FILE: caFile,
    TF_VAR_proxmox_api_url: url,
    TF_VAR_proxmox_api_user: token.user,
    TF_VAR_proxmox_api_token_id: token.tokenId,
    TF_VAR_proxmox_api_token_secret: token.secret,
    TF_VAR_proxmox_ca_file: caFile,
    CDKTF_SKIP_PROVIDER_LOCK: "true",
  };
  const templates = simulator
    .vms()
    .filter((vm) => vm.isTemplate)
    .map((vm) => `${vm.vmid} ${vm.name} on ${vm.node}`);
  return [
    "Simulated Proxmox VE API; Ctrl-C ends it.",
    "",
    `URL        ${url}`,
    `CA file    ${caFile}`,
    `API token  ${token.user}!${token.tokenId}`,
    `Templates  ${templates.join(", ")}`,
    ...(simulator.controlUrl === undefined ? [] : [`Control    ${simulator.controlUrl}`]),
    "",
    "Try it:",
    `curl --cacert ${quote(caFile)} -H ${quote(`Authorization: ${authorization}`)} ${url}/api2/json/version`,
    "",
    "Environment for Terraform and the provider:",
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    "# A plan of the app needs a public key for the VMs: ~/.ssh/id_ed25519.pub where it is there, or any that is set:",
    `# export TF_VAR_ssh_public_keys='["ssh-ed25519 AAAA... me@example.com"]'`,
    "# The provider: npm run provider:install; docs/TERRAFORM_GUIDE.md, Without any registry, where there is none.",
    "",
  ].join("\n");
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
