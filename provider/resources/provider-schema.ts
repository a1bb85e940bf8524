import type { Schema } from "../plugin/schema";
import { matching } from "./qemu-checks";

/** Environment variables that stand in for provider arguments that are left out. */
export const ENVIRONMENT = {
  endpoint: "PROXMOX_ENDPOINT",
  api_user: "PROXMOX_API_USER",
  api_token_id: "PROXMOX_API_TOKEN_ID",
  api_token_secret: "PROXMOX_API_TOKEN_SECRET",
  insecure: "PROXMOX_INSECURE",
  ca_file: "PROXMOX_CA_FILE",
} as const;

/** What the provider `dataknife/pve` is configured with. */
export const PROVIDER_SCHEMA: Schema = {
  block: {
    description: "Virtual machines on Proxmox VE.",
    attributes: {
      endpoint: {
        type: "string",
        optional: true,
        description:
          "URL of the Proxmox API, such as `https://pve1.example.com:8006`, with or without `/api2/json`. HTTPS only. " +
          `Also from \`${ENVIRONMENT.endpoint}\`.`,
      },
      api_user: {
        type: "string",
        optional: true,
        validate: matching(/^$|^[^\s:/!@]+@[\w.-]+$/, 'a user with its realm such as "terraform@pve"'),
        description: `Owner of the API token with the realm, such as \`terraform@pve\`. Also from \`${ENVIRONMENT.api_user}\`.`,
      },
      api_token_id: {
        type: "string",
        optional: true,
        sensitive: true,
        description: `Name of the API token, such as \`provider\`. Also from \`${ENVIRONMENT.api_token_id}\`.`,
      },
      api_token_secret: {
        type: "string",
        optional: true,
        sensitive: true,
        description: `Secret of the API token, a UUID. Also from \`${ENVIRONMENT.api_token_secret}\`.`,
      },
      insecure: {
        type: "bool",
        optional: true,
        description:
          "Accept any TLS certificate, which lets anyone on the way read the token; prefer `ca_file`. " +
          `Also from \`${ENVIRONMENT.insecure}\`. Default: \`false\`.`,
      },
      ca_file: {
        type: "string",
        optional: true,
        description:
          "File with the certificates (PEM) to trust beside those that Node brings along, such as Proxmox's own CA from " +
          `\`/etc/pve/pve-root-ca.pem\`. Also from \`${ENVIRONMENT.ca_file}\`.`,
      },
    },
  },
};
