import type { Rights } from "../access/rights";
import { splitList } from "../schema/formats";
import { parseNetworkDevice } from "./network-devices";

/**
 * Wants the right to use every bridge that network devices hang on: with a tag or with trunks each VLAN of it, else the
 * bridge as a whole. Software-defined zones are not simulated: all bridges are in the zone of the hosts' own.
 *
 * @param config keys of a configuration; what is no network device is passed over
 * @throws ApiError 403 `Permission check failed (/sdn/zones/localnetwork/vmbr0/14, SDN.Use)`
 */
export function assertMayUseBridges(rights: Rights, config: Readonly<Record<string, string>>): void {
  const devices = Object.entries(config).filter(([key]) => /^net\d+$/.test(key));
  for (const [key, value] of devices.sort()) {
    const { bridge, tag, trunks } = parseNetworkDevice(key, value);
    if (bridge === undefined) continue;
    const path = `/sdn/zones/localnetwork/${bridge}`;
    const vlans = [...(tag === undefined ? [] : [tag]), ...vlansOf(trunks ?? "")];
    if (vlans.length === 0) rights.assert(path, "SDN.Use");
    for (const vlan of vlans) rights.assert(`${path}/${vlan}`, "SDN.Use");
  }
}

/** The VLANs of a list like `5;10-20`. */
function vlansOf(trunks: string): string[] {
  return splitList(trunks).flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  });
}
