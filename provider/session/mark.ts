import type { ApiClient } from "../proxmox/api-client";
import type { ObjectValue } from "../plugin/value";
import type { VmConfig } from "../proxmox/virtual-machine";
import { requiredText } from "../plugin/object-values";

/**
 * A VM that is being made carries a mark in its description, from the first moment of its configuration
 * until Terraform has it in its state. A run that was killed leaves the mark behind, and by it the next one knows the
 * VM for its own and finishes it. It is a signature: only who holds the token's secret can have made it, and it holds
 * for one VM id, name and template.
 */
const MARK = /(?:^|\n+)\[Made by Terraform, not in its state yet: ([0-9a-f]{32})\][^\S\n]*(?=\n|$)/;

/** Characters of a description that leave room for the mark within the 8192 that Proxmox takes. */
export const DESCRIPTION_LIMIT = 8000;

/** A description as people wrote it, before the mark or after, and the mark. */
export interface MarkedDescription {
  readonly text: string;
  /** @default - none */
  readonly signature?: string;
}

/** Takes a description apart. */
export function readMark(description: string): MarkedDescription {
  const match = MARK.exec(description);
  if (match === null) return { text: description };
  const before = description.slice(0, match.index);
  const after = description.slice(match.index + match[0].length).trimEnd();
  return { text: before === "" ? after.trimStart() : before + after, signature: match[1] };
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
