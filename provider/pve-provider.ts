import { NODES } from "./data-sources/nodes";
import { STORAGES } from "./data-sources/storages";
import { VERSION } from "./data-sources/version";
import { VMS } from "./data-sources/vms";
import { errorDiagnostic, hasErrors, warningDiagnostic, type Diagnostic } from "./plugin/diagnostic";
import type { Logger } from "./logger";
import type { ConfigureResult, Provider } from "./plugin/provider";
import type { ObjectValue } from "./plugin/value";
import { ApiClient } from "./proxmox/api-client";
import { ApiError, ConnectionError } from "./proxmox/api-error";
import { isTransient } from "./proxmox/verdict";
import { readConnection, type Connection, type Environment } from "./connection/connection";
import { failureDiagnostic } from "./failure/failure";
import { PROVIDER_SCHEMA } from "./connection/provider-schema";
import { Proxmox } from "./session/proxmox";
import { QEMU } from "./resources/qemu";

/** The version under which the provider is installed and required. */
export const PROVIDER_VERSION = "1.0.0";

/** How long the first call may take: a host that does not answer must not hold up a plan. */
const FIRST_CALL_TIMEOUT_MS = 10_000;

/** The provider `dataknife/pve`. */
export function createProvider(environment: Environment): Provider<Proxmox> {
  return {
    name: "pve",
    version: PROVIDER_VERSION,
    schema: PROVIDER_SCHEMA,
    resources: { pve_qemu: QEMU },
    dataSources: { pve_version: VERSION, pve_nodes: NODES, pve_storages: STORAGES, pve_vms: VMS },
    configure: (config, logger) => configure(config, environment, logger),
    close: (proxmox) => proxmox.close(),
  };
}

async function configure(
  config: ObjectValue,
  environment: Environment,
  logger: Logger,
): Promise<ConfigureResult<Proxmox>> {
  const connection = readConnection(config, environment);
  if (isFaults(connection)) return { diagnostics: connection };
  const diagnostics = [...insecureDiagnostics(connection), ...(await probe(connection, logger))];
  if (hasErrors(diagnostics)) return { diagnostics };
  return { client: new Proxmox(new ApiClient({ ...connection, logger }), logger), diagnostics };
}

function isFaults(result: Connection | readonly Diagnostic[]): result is readonly Diagnostic[] {
  return Array.isArray(result);
}

/**
 * Makes one call: a token or certificate that is wrong is told once here instead of once for every VM. A Proxmox
 * that cannot be reached is no error yet, for a plan of new VMs does without it.
 */
async function probe(connection: Connection, logger: Logger): Promise<readonly Diagnostic[]> {
  const client = new ApiClient({ ...connection, logger, requestTimeoutMs: FIRST_CALL_TIMEOUT_MS });
  try {
    const { version } = await client.get<{ version: string }>("/version");
    logger.info("Connected to Proxmox VE", { version, origin: connection.endpoint.origin });
    return [];
  } catch (error) {
    const diagnostic = failureDiagnostic(
      `use Proxmox at ${connection.endpoint.origin}`,
      error,
      connection.tokenId,
    );
    const isCertain =
      (error instanceof ApiError && error.status < 500) ||
      (error instanceof ConnectionError && !isTransient(error) && error.code !== "ENOTFOUND");
    return [
      isCertain
        ? errorDiagnostic(diagnostic.summary, diagnostic.detail)
        : warningDiagnostic(diagnostic.summary, diagnostic.detail),
    ];
  } finally {
    client.close();
  }
}

function insecureDiagnostics({ insecure, endpoint }: Connection): readonly Diagnostic[] {
  if (!insecure) return [];
  return [
    warningDiagnostic(
      "TLS certificates are not verified",
      `insecure is true: anyone between here and ${endpoint.host} can pose as Proxmox and take the API token. Give ` +
        "Proxmox's own CA as ca_file instead (/etc/pve/pve-root-ca.pem on every node), or the node's certificate as " +
        "fingerprint (pvenode cert info).",
      ["insecure"],
    ),
  ];
}
