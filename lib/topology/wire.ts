/**
 * Names the piece of wire that a network is on: machines on the same one meet, whatever their addresses.
 * @param vlanId left out: untagged
 * @returns "vmbr0", "vmbr0 VLAN 14"
 */
export function wireOf({ bridge, vlanId }: { readonly bridge: string; readonly vlanId?: number }): string {
  return vlanId === undefined ? bridge : `${bridge} VLAN ${vlanId}`;
}
