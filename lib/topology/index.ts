/** The topology: read, checked and resolved. Knows nothing of Terraform or of CDKTF. */
export { formatFault, formatPath } from "./fault";
export type { Fault, FaultPath, Position } from "./fault";
export type * from "./input";
export { loadTopology } from "./load-topology";
export type { LoadOptions } from "./load-topology";
export { placementOf } from "./placement/placement-record";
export type { Placement } from "./placement/placement-record";
export { readPlacement, recordPlacement } from "./placement/record-file";
export { placementFileOf } from "./placement/record-name";
export { resolveTopology } from "./resolve-topology";
export type { ResolveOptions } from "./resolve-topology";
export type * from "./topology";
export { TopologyError } from "./topology-error";
