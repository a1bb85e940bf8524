import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import { parseEndpoint } from "../proxmox/endpoint";
import { parseFingerprint } from "../proxmox/fingerprint";
import { ENVIRONMENT, PROVIDER_SCHEMA } from "./provider-schema";

/** Where Proxmox is and who asks. */
export interface Connection {
  readonly endpoint: URL;
  /** `user@realm!token` */
  readonly tokenId: string;
  readonly tokenSecret: string;
  readonly insecure: boolean;
  /** PEM. @default - those that Node brings along */
  readonly caCertificates?: string;
  /** Of the one certificate that is accepted. @default - any that a trusted one vouches for */
  readonly fingerprint?: string;
}

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Argument = keyof typeof ENVIRONMENT;

/**
 * Settles the provider's arguments with the environment.
 *
 * @returns the connection, or every fault at once; no fault repeats a secret
 */
export function readConnection(
  config: ObjectValue,
  environment: Environment,
): Connection | readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  const fault = (argument: Argument, detail: string): void => {
    faults.push(errorDiagnostic(`Provider argument ${argument} cannot be used`, detail, [argument]));
  };
  /** The argument or what stands in for it; `undefined` where it is left out or faulty. */
  const text = (argument: Argument): string | undefined => {
    const value = config[argument];
    if (value === UNKNOWN) {
      fault(argument, "Its value is known only after apply. Give one that does not depend on a resource.");
      return undefined;
    }
    const isSet = typeof value === "string" && value !== "";
    const settled = isSet ? value : (environment[ENVIRONMENT[argument]] ?? "");
    const details = PROVIDER_SCHEMA.block.attributes[argument]?.validate?.(settled) ?? [];
    for (const detail of details) {
      fault(argument, isSet ? detail : `${detail} It comes from ${ENVIRONMENT[argument]}.`);
    }
    return details.length > 0 || settled === "" ? undefined : settled;
  };
  const required = (argument: Argument, example: string): string | undefined => {
    const before = faults.length;
    const value = text(argument);
    if (value !== undefined || faults.length > before) return value;
    fault(argument, `It is not set. Set it${example}, or set ${ENVIRONMENT[argument]} in the environment.`);
    return undefined;
  };

  const endpoint = required("endpoint", ', as "https://pve1:8006"');
  const user = required("api_user", ', as "terraform@pve"');
  const tokenName = required("api_token_id", ", as the token's name alone");
  const tokenSecret = required("api_token_secret", "");
  const caFile = text("ca_file");
  const fingerprint = text("fingerprint");
  const insecure = readInsecure(config["insecure"] ?? null, environment);
  if (insecure === undefined) {
    fault("insecure", `Needed is true or false, in ${ENVIRONMENT.insecure} 1 and 0 too, known before apply.`);
  }
  if (fingerprint !== undefined && insecure === true) {
    fault("fingerprint", conflict("insecure", "accepts any certificate"));
  }
  if (fingerprint !== undefined && caFile !== undefined) {
    fault("fingerprint", conflict("ca_file", "accepts every certificate that its CA has signed"));
  }
  let caCertificates: string | undefined;
  try {
    caCertificates = caFile === undefined ? undefined : readCertificates(caFile);
  } catch (error) {
    fault(
      "ca_file",
      `Unable to read certificates from "${caFile ?? ""}": ${(error as Error).message}. Give the path of a PEM file with the CA's ` +
        `certificate, absolute or from the folder that Terraform runs in; Proxmox's own is /etc/pve/pve-root-ca.pem on every node.${
          config["ca_file"] === caFile ? "" : ` The path comes from ${ENVIRONMENT.ca_file}.`
        }`,
    );
  }

  if (faults.length > 0 || endpoint === undefined || tokenSecret === undefined || insecure === undefined) {
    return faults;
  }
  return {
    endpoint: parseEndpoint(endpoint),
    tokenId: `${user ?? ""}!${tokenName ?? ""}`,
    tokenSecret,
    insecure,
    caCertificates,
    ...(fingerprint === undefined ? {} : { fingerprint: parseFingerprint(fingerprint) }),
  };
}

function conflict(other: "insecure" | "ca_file", doing: string): string {
  return (
    `fingerprint accepts one certificate alone, ${other} (or ${ENVIRONMENT[other]} in the environment) ${doing}. ` +
    "Leave one of the two out."
  );
}

/** `undefined` for what is neither. */
function readInsecure(configured: Value, environment: Environment): boolean | undefined {
  if (typeof configured === "boolean") return configured;
  const text = environment[ENVIRONMENT.insecure] ?? "";
  if (configured === UNKNOWN || !/^(|0|1|false|true)$/i.test(text)) return undefined;
  return /^(1|true)$/i.test(text);
}

/** @throws Error where one cannot be used: Node would leave it out without a word */
function readCertificates(path: string): string {
  const pem = readFileSync(path, "utf8");
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw new Error("the file holds no PEM certificate");
  certificates.forEach((certificate, index) => {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new Error(`certificate ${index + 1} of the file is damaged`);
    }
  });
  return pem;
}
