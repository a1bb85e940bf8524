import { commands, type Advice, type Situation } from "./situation";

/** Roles by what begins a privilege's name: Proxmox's own, or those that docs/API_TOKEN.md makes. */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/^Datastore\.AllocateSpace$/, "TFStorage"],
  [/^Datastore\.Audit$/, "PVEDatastoreUser"],
  [/^SDN\.Use$/, "TFNetwork"],
  [/^SDN\.Audit$/, "PVESDNUser"],
  [/^Pool\.Audit$/, "PVEPoolUser"],
  [/^Pool\.Allocate$/, "PVEPoolAdmin"],
  [/^Sys\.Audit$/, "PVEAuditor"],
  [/^VM\.Clone$/, "PVETemplateUser"],
  [/^VM\./, "TFProvision"],
];

/** Where else a privilege can be granted so that it holds for more than this one path. */
const WIDER_PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/vms\/\d+$/, "on /vms it holds for every VM, on /pool/NAME for the VMs of that pool"],
  [/^\/sdn\/zones\/localnetwork\//, "on /sdn/zones/localnetwork it holds for every bridge and VLAN of it"],
  [/^\/storage\/./, "on /storage it holds for every storage"],
];

/**
 * Texts of a missing permission. A task's exit status has them, too, with `403` before them.
 * Source: pve-access-control src/PVE/RPCEnvironment.pm (check, check_any, check_pool_exist, exec_api2_perm_check).
 */
export const PERMISSION_ADVICE: readonly Advice[] = [
  {
    said: /Permission check failed \(pool '([^']+)' does not exist\)/,
    advice: ([, pool = ""], situation) =>
      `Make the pool "${pool}" first, or correct pool:` +
      commands(`pveum pool add ${pool}`) +
      "\nand, where the token's rights are to come from the pool:" +
      grant(`/pool/${pool}`, ["VM.Allocate"], situation),
  },
  {
    said: /Permission check failed \(\/, Sys\.Modify\)/,
    advice: (_, situation) =>
      `${lacks("Sys.Modify", "/", situation)} Of what the provider sets only a tag needs it that is among the ` +
      "Registered Tags of the datacenter's options: leave that tag out of tags, or take it off the list there.",
  },
  {
    said: /Permission check failed \((\/[^,)]*), ([^)]+)\)/,
    advice: ([, path = "", list = ""], situation) => {
      const privileges = list.split("|");
      const wider = WIDER_PATHS.find(([pattern]) => pattern.test(path))?.[1];
      return (
        lacks(privileges.join(" or "), path, situation) +
        (wider === undefined ? " As root:" : ` As root (${wider}):`) +
        grant(path, privileges, situation)
      );
    },
  },
  {
    said: /Permission check failed \((URI '[^']+' not available with API token[^)]*)\)/,
    advice: () =>
      "Proxmox takes no API token for this call, whatever its rights. Please report it: the provider should not make it.",
  },
  {
    // Clone alone has an "or" over two paths, whose failure names neither.
    said: /Permission check failed/,
    advice: (_, situation) =>
      `The API token ${situation.tokenId} may not make a VM with that id: it needs VM.Allocate on the new VM's path ` +
      "(/vms/ID, or /vms for all) or on the pool that pool names, and VM.Clone on the template. As root, here for all VMs " +
      "(with /pool/NAME in place of /vms for those of one pool):" +
      grant("/vms", ["VM.Allocate"], situation),
  },
];

function lacks(privileges: string, path: string, { tokenId }: Situation): string {
  return `The API token ${tokenId} lacks ${privileges} on ${path}.`;
}

/** The commands that grant one of the privileges, and what to know of them. */
function grant(path: string, privileges: readonly string[], { tokenId }: Situation): string {
  const [privilege = ""] = privileges;
  const role = ROLES.find(([pattern]) => pattern.test(privilege))?.[1] ?? "ROLE";
  const user = tokenId.slice(0, tokenId.lastIndexOf("!"));
  return (
    commands(
      `pveum acl modify ${path} --roles ${role} --tokens '${tokenId}'`,
      `pveum acl modify ${path} --roles ${role} --users '${user}'`,
    ) +
    (role.startsWith("TF")
      ? `\nIf they have ${role} there already, that role lacks it: pveum role modify ${role} --append 1 --privs ${privilege}`
      : "") +
    `\n${aboutRole(role)} The second line is for a token with privilege separation, which may do only what its user ` +
    "may do, too." +
    (/^VM\.(GuestAgent|Monitor)/.test(privilege) ? `\n${aboutAgentPrivileges(role, privilege)}` : "")
  );
}

function aboutRole(role: string): string {
  if (role.startsWith("PVE")) return `${role} is a role of Proxmox's own.`;
  if (role === "ROLE") return "ROLE stands for any role that holds the privilege.";
  return `${role} is the role that docs/API_TOKEN.md makes; any that holds the privilege does.`;
}

function aboutAgentPrivileges(role: string, privilege: string): string {
  return (
    "VM.Monitor of Proxmox VE 8 is VM.GuestAgent.Audit in 9: a role that was made for the other version gets what it lacks by" +
    commands(`pveum role modify ${role} --append 1 --privs ${privilege}`)
  );
}
