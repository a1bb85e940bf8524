import type { ObjectValue } from "../plugin/value";
import { requiredText } from "./values";

/** A VM as messages name it: `VM 401 (rancher-manager-1)`. */
export function vmLabel(values: ObjectValue): string {
  const name = values["name"];
  return `VM ${requiredText(values, "vmid")}${typeof name === "string" && name !== "" ? ` (${name})` : ""}`;
}
