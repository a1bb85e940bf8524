import type { DataSource } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { failureDiagnostic } from "../failure/failure";
import type { Proxmox } from "../session/proxmox";

/**
 * The `read` of a data source: the configuration with what was found, or what failed.
 *
 * @param doing what is done, to follow "Unable to", such as `list the nodes of Proxmox`
 * @param find the values of the computed attributes
 */
export function reading(
  doing: (config: ObjectValue) => string,
  find: (client: ApiClient, config: ObjectValue) => Promise<ObjectValue>,
): DataSource<Proxmox>["read"] {
  return async ({ config }, context) => {
    const { client: proxmox } = context;
    const { client } = proxmox;
    try {
      const found = await proxmox.read(doing(config), context, () => find(client, config));
      return { state: { ...config, ...found } };
    } catch (error) {
      return { state: null, diagnostics: [failureDiagnostic(doing(config), error, client.tokenId)] };
    }
  };
}

/** Orders rows by a key, the same on every machine: what Proxmox lists is in no order. */
export function sortedBy<T>(rows: readonly T[], key: (row: T) => string | number): T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
