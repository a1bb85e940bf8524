/** What would happen if a topology were applied to what another one, or Terraform's state, has made. */
export { compareResources } from "./compare";
export type { Action, ResourceDiff, TopologyDiff, VmTotals } from "./compare";
export type { Change, Effect } from "./compare-vm";
export { renderDiff, renderDiffJson, renderDiffYaml } from "./render-diff";
export type { DiffNames } from "./render-diff";
export { declaredResources } from "./resources";
export type { Resources } from "./resources";
export { StateError } from "./state-shape";
export { stateResources } from "./terraform-state";
