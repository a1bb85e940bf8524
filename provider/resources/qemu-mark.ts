import type { ApiClient } from "../proxmox/api-client";
import type { ObjectValue } from "../plugin/value";
import type { VmConfig } from "../proxmox/virtual-machine";
import { requiredText } from "./values";

/**
 * A VM that is being made carries a mark at the end of its description, from the first moment of its configuration
 * until Terraform has it in its state. A run that was killed leaves the mark behind, and by it the next one knows the
 * VM for its own and finishes it. It is a signature: only who holds the token's secret can have made it, and it holds
 * for one VM id, name and template.
 */
const MARK = /(?:^|\n+)\[Made by Terraform, not in its state yet: ([0-9a-f]{32})\]\s*$/;

/** A description as a person wrote it, and the mark behind it. */
export interface MarkedDescription {
  readonly text: string;
  /** @default - none */
  readonly signature?: string;
}

/** Takes a description apart. */
export function readMark(description: string): MarkedDescription {
  const match = MARK.exec(description);
  return match === null
    ? { text: description }
    : { text: description.slice(0, match.index), signature: match[1] };
}

/** A description with a mark at its end. */
export function printMark({ text, signature }: MarkedDescription): string {
  if (signature === undefined) return text;
  return `${text}${text === "" ? "" : "\n\n"}[Made by Terraform, not in its state yet: ${signature}]`;
}

/** The description in a VM's configuration. */
export function describedAs(config: VmConfig): MarkedDescription {
  return readMark(String(config["description"] ?? ""));
}

/** The signature of a VM that is being made. */
export function signatureOf(client: ApiClient, planned: ObjectValue): string {
  const parts = ["vmid", "name", "clone"].map((name) => requiredText(planned, name));
  return client.sign(["dataknife/pve", client.tokenId, ...parts].join("\n"));
}
