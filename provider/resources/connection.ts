import { readFileSync } from "node:fs";
import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import { parseEndpoint } from "../proxmox/endpoint";
import { ENVIRONMENT } from "./provider-schema";

/** Where Proxmox is and who asks. */
export interface Connection {
  readonly endpoint: URL;
  /** `user@realm!token` */
  readonly tokenId: string;
  readonly tokenSecret: string;
  readonly insecure: boolean;
  /** PEM. @default - those that Node brings along */
  readonly caCertificates?: string;
}

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

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
  const fault = (argument: keyof typeof ENVIRONMENT, detail: string): void => {
    faults.push(errorDiagnostic(`Provider argument ${argument} cannot be used`, detail, [argument]));
  };
  const text = (argument: keyof typeof ENVIRONMENT): string | undefined => {
    const value = config[argument];
    if (value === UNKNOWN) {
      fault(argument, "Its value is known only after apply. Give one that does not depend on a resource.");
      return undefined;
    }
    if (typeof value === "string" && value !== "") return value;
    const fromEnvironment = environment[ENVIRONMENT[argument]];
    return fromEnvironment === "" ? undefined : fromEnvironment;
  };
  const required = (argument: keyof typeof ENVIRONMENT, example: string): string | undefined => {
    const before = faults.length;
    const value = text(argument);
    if (value !== undefined || faults.length > before) return value;
    fault(argument, `It is not set. Set it${example}, or set ${ENVIRONMENT[argument]} in the environment.`);
    return undefined;
  };

  const endpointText = required("endpoint", ', as "https://pve1:8006"');
  const user = required("api_user", ', as "terraform@pve"');
  const tokenName = required("api_token_id", ", as the token's name alone");
  const tokenSecret = required("api_token_secret", "");
  const caFile = text("ca_file");
  const insecure = readInsecure(config["insecure"] ?? null, environment);
  if (insecure === undefined) {
    fault("insecure", `Needed is true or false, in ${ENVIRONMENT.insecure} 1 and 0 too, known before apply.`);
  }

  if (user !== undefined && !/^[^\s:/!@]+@[\w.-]+$/.test(user)) {
    fault("api_user", `Got "${user}", needed is the user with its realm, as "terraform@pve".`);
  }
  if (tokenName !== undefined && !/^[A-Za-z][\w.-]+$/.test(tokenName)) {
    fault("api_token_id", 'Needed is the name of the token alone, as "provider" of terraform@pve!provider.');
  }
  if (tokenSecret !== undefined && !/^[\x21-\x7e]+$/.test(tokenSecret)) {
    fault("api_token_secret", "It holds blanks or characters that no token secret has. Copy it again.");
  }
  let endpoint: URL | undefined;
  try {
    endpoint = endpointText === undefined ? undefined : parseEndpoint(endpointText);
  } catch (error) {
    fault("endpoint", `${capitalize((error as Error).message)}.`);
  }
  let caCertificates: string | undefined;
  try {
    caCertificates = caFile === undefined ? undefined : readCertificates(caFile);
  } catch (error) {
    fault("ca_file", `Unable to read certificates from "${caFile ?? ""}": ${(error as Error).message}.`);
  }

  if (faults.length > 0 || endpoint === undefined || tokenSecret === undefined || insecure === undefined) {
    return faults;
  }
  return { endpoint, tokenId: `${user ?? ""}!${tokenName ?? ""}`, tokenSecret, insecure, caCertificates };
}

/** `undefined` for what is neither. */
function readInsecure(configured: Value, environment: Environment): boolean | undefined {
  if (typeof configured === "boolean") return configured;
  const text = environment[ENVIRONMENT.insecure] ?? "";
  if (configured === UNKNOWN || !/^(|0|1|false|true)$/i.test(text)) return undefined;
  return /^(1|true)$/i.test(text);
}

function readCertificates(path: string): string {
  const pem = readFileSync(path, "utf8");
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) throw new Error("the file holds no PEM certificate");
  return pem;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
