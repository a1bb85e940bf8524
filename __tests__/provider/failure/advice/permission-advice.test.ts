import { PERMISSION_ADVICE } from "../../../../provider/failure/advice/permission-advice";
import { afterCall, afterTask, describeAdvice } from "./advised";

const SEPARATION = "The second line is for a token with privilege separation";

/** The commands that grant a role on a path to the token and its user. */
function granted(path: string, role: string): [string, string] {
  return [
    `\n  pveum acl modify ${path} --roles ${role} --tokens 'terraform@pve!provider'\n`,
    `\n  pveum acl modify ${path} --roles ${role} --users 'terraform@pve'\n`,
  ];
}

describeAdvice(PERMISSION_ADVICE, [
  [
    "Permission check failed (/vms/401, VM.Audit)",
    "token terraform@pve!provider lacks VM.Audit on /vms/401.",
    "on /vms it holds for every VM",
    ...granted("/vms/401", "TFProvision"),
    SEPARATION,
  ],
  [
    "Permission check failed (/vms/401, VM.Config.Disk|VM.Config.CDROM|VM.Config.CPU)",
    "lacks VM.Config.Disk or VM.Config.CDROM or VM.Config.CPU on /vms/401.",
    ...granted("/vms/401", "TFProvision"),
  ],
  [
    "Permission check failed (/sdn/zones/localnetwork/vmbr0/14, SDN.Use)",
    "lacks SDN.Use on /sdn/zones/localnetwork/vmbr0/14.",
    "on /sdn/zones/localnetwork it holds for every bridge and VLAN",
    ...granted("/sdn/zones/localnetwork/vmbr0/14", "TFNetwork"),
    "TFNetwork is the role that docs/API_TOKEN.md makes",
  ],
  [
    "Permission check failed (/vms/400, VM.Clone)",
    ...granted("/vms/400", "PVETemplateUser"),
    "PVETemplateUser is a role of Proxmox's own",
  ],
  [
    "Permission check failed (/storage/local-zfs, Datastore.Audit|Datastore.AllocateSpace)",
    ...granted("/storage/local-zfs", "PVEDatastoreUser"),
  ],
  [
    "403 Permission check failed (/storage/local-zfs, Datastore.AllocateSpace)",
    "lacks Datastore.AllocateSpace on /storage/local-zfs.",
    ...granted("/storage/local-zfs", "TFStorage"),
  ],
  ["Permission check failed (/pool/tf, Pool.Allocate)", ...granted("/pool/tf", "PVEPoolAdmin")],
  ["Permission check failed (/nodes/pve1, Sys.Audit)", ...granted("/nodes/pve1", "PVEAuditor")],
  [
    "Permission check failed (/mapping/pci/gpu, Mapping.Use)",
    ...granted("/mapping/pci/gpu", "ROLE"),
    "ROLE stands for any role",
  ],
  ["Permission check failed (/, Sys.Modify)", "lacks Sys.Modify on /.", "leave that tag out"],
  [
    "Permission check failed (pool 'nosuch' does not exist)",
    "pveum pool add nosuch",
    ...granted("/pool/nosuch", "TFProvision"),
  ],
  [
    "Permission check failed",
    "VM.Allocate on the new VM's path (/vms/ID, or /vms for all) or on the pool",
    "VM.Clone on the template",
    ...granted("/vms", "TFProvision"),
  ],
  [
    "Permission check failed (URI '/access/ticket' not available with API token, need proper ticket.\n)",
    "takes no API token",
  ],
]);

test("a role made for the other version of Proxmox gets the guest agent's privilege", () => {
  const told = "pveum role modify TFProvision --append 1 --privs";
  const nine = "Permission check failed (/vms/401, VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted)";
  expect(afterCall(nine, 403)).toContain(`${told} VM.GuestAgent.Audit`);
  expect(afterCall("Permission check failed (/vms/401, VM.Monitor)", 403)).toContain(`${told} VM.Monitor`);
});

test("a privilege missing inside a task is told like one missing for a call", () => {
  const said = "Permission check failed (/storage/local-zfs, Datastore.AllocateSpace)";
  const advice = (detail: string): string => detail.slice(detail.indexOf("The API token"));
  expect(advice(afterTask(`403 ${said}`))).toBe(advice(afterCall(said, 403)));
});

test("401 says whom Proxmox does not know and how to see and renew the token", () => {
  const detail = afterCall("Authentication failed!", 401);
  expect(detail).toContain("does not know the API token terraform@pve!provider with this secret");
  expect(detail).toContain("pveum user token list 'terraform@pve'");
  expect(detail).toContain("pveum user token add 'terraform@pve' 'provider'");
});
