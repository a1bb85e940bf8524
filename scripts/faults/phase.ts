/** What a run of Terraform is to do to the VMs. */
export type PhaseName = "apply" | "update" | "destroy";

/** VM ids, one at least. */
export type VmIds = readonly [number, ...number[]];
