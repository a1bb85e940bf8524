import crypto from "node:crypto";
import type { Provider } from "./provider";

/*
 * How Terraform and a provider find each other. Source: hashicorp/go-plugin:docs/internals.md and
 * hashicorp/terraform:docs/plugin-protocol/README.md.
 */

const COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL = "6";

/** What Terraform asked for at the start, or why the provider cannot run. */
export type Invitation =
  { readonly clientCertificate: crypto.X509Certificate } | { readonly problem: string };

/** Reads the environment that Terraform starts a provider with. */
export function readInvitation(
  environment: NodeJS.ProcessEnv,
  { name, version }: Pick<Provider<unknown>, "name" | "version">,
): Invitation {
  const self = `terraform-provider-${name} ${version}`;
  if (environment[COOKIE_NAME] !== COOKIE) {
    return {
      problem:
        `This is ${self}, a plugin that Terraform starts by itself; run by hand it does nothing.\n` +
        "Put it where Terraform looks for providers, name it under required_providers, and run terraform init.",
    };
  }
  const offered = environment.PLUGIN_PROTOCOL_VERSIONS ?? "";
  if (!offered.split(",").includes(PROTOCOL)) {
    return {
      problem:
        `${self} speaks plugin protocol ${PROTOCOL}; it was started by a program that speaks "${offered}". ` +
        "Use Terraform 1.0 or newer, or OpenTofu.",
    };
  }
  const pem = environment.PLUGIN_CLIENT_CERT ?? "";
  const clientCertificate = readCertificate(pem);
  if (clientCertificate === undefined) {
    const fault =
      pem === "" ? "without PLUGIN_CLIENT_CERT" : "with a PLUGIN_CLIENT_CERT that is no certificate in PEM";
    return { problem: `${self} was started ${fault}; it serves nobody whom it cannot tell.` };
  }
  return { clientCertificate };
}

function readCertificate(pem: string): crypto.X509Certificate | undefined {
  try {
    return new crypto.X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The one line that tells Terraform where the provider listens and which certificate is its. */
export function handshakeLine(socketPath: string, certificatePem: string): string {
  // Terraform's decoder takes no padding.
  const certificate = new crypto.X509Certificate(certificatePem).raw.toString("base64").replace(/=+$/, "");
  return `1|${PROTOCOL}|unix|${socketPath}|grpc|${certificate}\n`;
}
