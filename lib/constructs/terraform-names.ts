import { TerraformStack } from "cdktf";
import type { TerraformResource } from "cdktf";
import { InvalidPropsError } from "./prop-checks";

/** Which construct holds each Terraform address ("pve_qemu.web-1") of a stack. */
const holders = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Gives a resource the Terraform name that was chosen for it, in place of the one CDKTF derives from its place
 * in the tree: moving the construct must not re-create what it stands for.
 *
 * CDKTF merges two resources of one address into one without a word, so a second one is refused here.
 * @throws InvalidPropsError where the name cannot be a Terraform name, or another resource of the stack has it
 */
export function setTerraformName(resource: TerraformResource, name: string): void {
  const { path } = resource.node;
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    const must = "must begin with a letter or '_' and hold letters, digits, '-' and '_' only";
    throw new InvalidPropsError(path, [`the Terraform name ${must}, got ${JSON.stringify(name)}`]);
  }
  const stack = TerraformStack.of(resource);
  const names = holders.get(stack) ?? new Map<string, string>();
  holders.set(stack, names);
  const address = `${resource.terraformResourceType}.${name}`;
  const holder = names.get(address);
  if (holder !== undefined) {
    throw new InvalidPropsError(path, [
      `the Terraform address ${address} is that of ${holder} already: choose another id`,
    ]);
  }
  names.set(address, path);
  resource.overrideLogicalId(name);
}

/**
 * The expression for an attribute of a resource of this stack: "${pve_qemu.web-1.id}".
 *
 * CDKTF's own reference comes to the same text, but takes a stack trace each time: with thousands of VMs those are
 * most of what a synth does.
 */
export function attributeExpression(resource: TerraformResource, attribute: string): string {
  return `\${${terraformAddress(resource)}.${attribute}}`;
}

/** The Terraform address of a resource of this stack, as `depends_on` takes it: "pve_qemu.web-1". */
export function terraformAddress({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
