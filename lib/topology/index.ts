/** The topology: read, checked and resolved. Knows nothing of Terraform or of CDKTF. */
export { formatFault, formatPath, formatWarning } from "./fault";
export type { Fault, FaultPath, Position } from "./fault";
export type * from "./input";
export { loadTopology } from "./load-topology";
export { resolveTopology } from "./resolve-topology";
export type * from "./topology";
export { TopologyError } from "./topology-error";
