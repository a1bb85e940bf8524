import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { ObjectValue } from "../plugin/value";
import { familyLabel } from "../proxmox/ip-address";
import { parseIpConfig, type IpConfig } from "../proxmox/ip-config";
import { IP_CONFIGS, NETWORK_CARDS } from "./qemu-devices";
import { optionalText } from "../plugin/object-values";

const GATEWAYS = [
  { key: "gw", label: familyLabel("ipv4") },
  { key: "gw6", label: familyLabel("ipv6") },
] as const;

/** Faults of network cards that are good each for itself but not together. */
export function networkChecks(config: ObjectValue): readonly Diagnostic[] {
  return [...cardlessDiagnostics(config, (card) => config[card] !== ""), ...gatewayDiagnostics(config)];
}

/**
 * Addresses that are configured for a card that the VM does not have: nobody would get them.
 *
 * @param hasCard told `net0` to `net7`; where it is not known yet whether there is one, there may be
 */
export function cardlessDiagnostics(config: ObjectValue, hasCard: (card: string) => boolean): Diagnostic[] {
  return IP_CONFIGS.flatMap((name, number) => {
    const card = NETWORK_CARDS[number] ?? "";
    if ((optionalText(config, name) ?? "") === "" || hasCard(card)) return [];
    return [
      errorDiagnostic(
        `${name} is for a network card that the VM does not have`,
        `There is no ${card} to give these addresses to. Set ${card}, such as "virtio,bridge=vmbr0", or take ${name} away.`,
        [name],
      ),
    ];
  });
}

/** A guest with two default routes answers by either, whichever way it was asked. */
function gatewayDiagnostics(config: ObjectValue): Diagnostic[] {
  return GATEWAYS.flatMap(({ key, label }) => {
    const [first, ...others] = IP_CONFIGS.filter((name) => ipConfigOf(config, name)[key] !== undefined);
    return others.map((name) =>
      warningDiagnostic(
        `${name} gives the VM a second default gateway for ${label}`,
        `${first ?? ""} has ${key}=${ipConfigOf(config, first ?? "")[key] ?? ""} already. With two the guest sends what is for other networks by ` +
          `either, and answers are lost. Leave ${key} out of all but one; each card reaches its own network without.`,
        [name],
      ),
    );
  });
}

function ipConfigOf(config: ObjectValue, name: string): IpConfig {
  try {
    return parseIpConfig(optionalText(config, name) ?? "");
  } catch {
    // That it is none is told at the attribute itself.
    return {};
  }
}
