import type { Schema } from "../plugin/schema";
import {
  checkEndpoint,
  checkFingerprint,
  checkTokenName,
  checkTokenSecret,
  checkUser,
} from "./provider-checks";

/** Environment variables that stand in for provider arguments that are left out. */
export const ENVIRONMENT = {
  endpoint: "PROXMOX_ENDPOINT",
  api_user: "PROXMOX_API_USER",
  api_token_id: "PROXMOX_API_TOKEN_ID",
  api_token_secret: "PROXMOX_API_TOKEN_SECRET",
  insecure: "PROXMOX_INSECURE",
  ca_file: "PROXMOX_CA_FILE",
  fingerprint: "PROXMOX_FINGERPRINT",
} as const;

/** What the provider `dataknife/pve` is configured with. */
export const PROVIDER_SCHEMA: Schema = {
  block: {
    description: "Virtual machines on Proxmox VE.",
    attributes: {
      endpoint: {
        type: "string",
        optional: true,
        validate: checkEndpoint,
        description:
          "URL of the Proxmox API, such as `https://pve1.example.com:8006`, with or without `/api2/json`. HTTPS only. " +
          `Needed, here or in \`${ENVIRONMENT.endpoint}\`.`,
      },
      api_user: {
        type: "string",
        optional: true,
        validate: checkUser,
        description: `Owner of the API token with the realm, such as \`terraform@pve\`. Needed, here or in \`${ENVIRONMENT.api_user}\`.`,
      },
      api_token_id: {
        type: "string",
        optional: true,
        sensitive: true,
        validate: checkTokenName,
        description: `Name of the API token alone, such as \`provider\`. Needed, here or in \`${ENVIRONMENT.api_token_id}\`.`,
      },
      api_token_secret: {
        type: "string",
        optional: true,
        sensitive: true,
        validate: checkTokenSecret,
        description: `Secret of the API token, a UUID. Needed, here or in \`${ENVIRONMENT.api_token_secret}\`.`,
      },
      insecure: {
        type: "bool",
        optional: true,
        description:
          "Accept any TLS certificate, which lets anyone on the way read the token; prefer `ca_file` or `fingerprint`. " +
          `A warning on every run. Also from \`${ENVIRONMENT.insecure}\` (\`true\`, \`false\`, \`1\` or \`0\`); \`false\` where neither says.`,
      },
      ca_file: {
        type: "string",
        optional: true,
        description:
          "File with the certificates (PEM) of the CAs to trust, and no others, such as Proxmox's own from " +
          `\`/etc/pve/pve-root-ca.pem\`. Also from \`${ENVIRONMENT.ca_file}\`; those that Node brings along where neither says.`,
      },
      fingerprint: {
        type: "string",
        optional: true,
        validate: checkFingerprint,
        description:
          "SHA-256 fingerprint of the one TLS certificate to accept, whoever signed it and whatever name it holds, as " +
          "`pvenode cert info` on the node and Proxmox's interface (node, System, Certificates) show it, with or without " +
          "colons. It is compared before anything is sent. Not together with `ca_file` or `insecure`. " +
          `Also from \`${ENVIRONMENT.fingerprint}\`.`,
      },
    },
  },
};
