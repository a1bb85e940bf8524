import type { ObjectValue } from "../plugin/value";
import { optionalText } from "../plugin/object-values";

/** A VM as messages name it: `VM 401 (rancher-manager-1)`, `VM ?` while its id is not known. */
export function vmLabel(values: ObjectValue): string {
  const vmid = values["vmid"];
  const name = optionalText(values, "name") ?? "";
  return `VM ${typeof vmid === "number" ? vmid : "?"}${name === "" ? "" : ` (${name})`}`;
}
