import { ALL_USERS } from "../access/permissions";
import { type Endpoint, ON_NODE } from "./endpoint";

const PATH = "/nodes/{node}/qemu/{vmid}";

/** What stands below a VM, as Proxmox VE 9 lists it; not all of it is simulated. */
const BELOW_VM = [
  ...["config", "cloudinit", "pending", "status", "unlink", "vncproxy", "termproxy", "migrate", "resize"],
  ...["move", "rrd", "rrddata", "monitor", "agent", "snapshot", "spiceproxy", "sendkey", "firewall"],
  ...["mtunnel", "remote_migrate"],
];

/** What stands below the power state of a VM. */
const BELOW_STATUS = ["current", "start", "stop", "reset", "shutdown", "suspend", "reboot"];

function index(path: string, names: readonly string[]): Endpoint {
  return {
    method: "GET",
    path,
    ...ON_NODE,
    permissions: ALL_USERS,
    parameters: {},
    handle: () => names.map((subdir) => ({ subdir })),
  };
}

/** Calls that list the calls below them; they do not ask whether there is such a VM. */
export const VM_INDEX_CALLS: readonly Endpoint[] = [
  index(PATH, BELOW_VM),
  index(`${PATH}/status`, BELOW_STATUS),
];
