import type { Gate, Resources, VmResource } from "./resources";
import { attributesOfState, type StateValues } from "./state-attributes";
import { isObject, listAt, misshapen, objectAt, StateError, textAt } from "./state-shape";

/** A resource as state has it. */
interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: StateValues;
  readonly isTainted: boolean;
  readonly isDeposed: boolean;
}

/**
 * What Terraform manages according to its state.
 * @param text a state file, the output of `terraform state pull`, or of `terraform show -json`
 * @returns undefined where the text is nothing of Terraform's
 * @throws StateError where it is, but cannot be compared
 */
export function stateResources(text: string): Resources | undefined {
  const resources = readState(text);
  if (resources === undefined) return undefined;
  const ofType = (wanted: string): StateResource[] => resources.filter(({ type }) => type === wanted);
  const [vms, gates] = [ofType("pve_qemu"), ofType("null_resource")];
  return {
    vms: new Map(vms.map((vm) => [vm.address, vmOf(vm)])),
    gates: new Map(gates.map(({ address, values }) => [address, gateOf(values)])),
    others: resources.length - vms.length - gates.length,
  };
}

function gateOf({ triggers }: StateValues): Gate {
  return isObject(triggers) ? (triggers as Gate) : {};
}

function vmOf({ address, values, isTainted, isDeposed }: StateResource): VmResource {
  const { vmid, id, node } = values;
  if (typeof vmid !== "number") throw misshapen(`the vmid of ${address}`, vmid, "a number");
  const currentNode =
    typeof id === "string" ? (id.split("/")[0] ?? "") : textAt(node, `the node of ${address}`);
  return { attributes: attributesOfState(values), currentNode, isTainted, isDeposed };
}

function readState(text: string): StateResource[] | undefined {
  const document = parseJson(text);
  if (document === undefined) return undefined;
  if ("planned_values" in document || "resource_changes" in document)
    throw new StateError(`is a plan that Terraform has shown, and no state; ${GIVE_STATE}`);
  if ("format_version" in document) return shownState(document);
  return "terraform_version" in document ? pulledState(document) : undefined;
}

const GIVE_STATE = "give the state: a state file, or what `terraform state pull` prints";

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  // Cheaper than to have JSON.parse fail on a large YAML file.
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    if (!BEGINS_LIKE_STATE.test(text)) return undefined;
    throw new StateError(
      `is Terraform's, but cut off or damaged; restore it from a backup, or ${GIVE_STATE}`,
    );
  }
}

/** What Terraform writes first into state and into all else. */
const BEGINS_LIKE_STATE = /^\s*\{\s*"(version|format_version)"\s*:/;

/** What `terraform show -json` prints. Other commands print JSON that begins as it does. */
function shownState(document: Readonly<Record<string, unknown>>): StateResource[] {
  const content = Object.keys(document).filter((key) => !/^(format|terraform)_version$/.test(key));
  if (content.length === 0) return [];
  if (!content.includes("values")) {
    const keys = content.slice(0, 3).join(", ");
    throw new StateError(`is something that Terraform has printed (${keys}), and no state; ${GIVE_STATE}`);
  }
  const root = objectAt(document["values"], "values")["root_module"];
  return root === undefined ? [] : ofModule(root, "values.root_module");
}

function ofModule(value: unknown, where: string): StateResource[] {
  const { resources = [], child_modules: children = [] } = objectAt(value, where);
  const own = listAt(resources, `${where}.resources`).flatMap((each, index): StateResource[] => {
    const at = `${where}.resources[${index}]`;
    const { mode, address, type, values, tainted, deposed_key: deposed } = objectAt(each, at);
    if (mode !== "managed") return [];
    return [
      {
        address: addressOf(textAt(address, `${at}.address`), deposed),
        type: textAt(type, `${at}.type`),
        values: objectAt(values, `${at}.values`),
        isTainted: tainted === true,
        isDeposed: typeof deposed === "string",
      },
    ];
  });
  const below = listAt(children, `${where}.child_modules`);
  return [...own, ...below.flatMap((child, index) => ofModule(child, `${where}.child_modules[${index}]`))];
}

/** A state file, and what `terraform state pull` prints. */
function pulledState({ version, resources }: Readonly<Record<string, unknown>>): StateResource[] {
  if (typeof version !== "number")
    throw new StateError(`is something that Terraform has printed, and no state; ${GIVE_STATE}`);
  if (version !== 4) {
    const advice = "Terraform 1.5 or later makes version 4 of it with the next apply";
    throw new StateError(`is Terraform state of version ${version}, and 4 can be read; ${advice}`);
  }
  return listAt(resources, "resources").flatMap((each, index) => instancesOf(each, `resources[${index}]`));
}

function instancesOf(value: unknown, where: string): StateResource[] {
  const { mode, module, type, name, instances } = objectAt(value, where);
  if (mode !== "managed") return [];
  const kind = textAt(type, `${where}.type`);
  const path = [...(module === undefined ? [] : [textAt(module, `${where}.module`)]), kind];
  const base = [...path, textAt(name, `${where}.name`)].join(".");
  return listAt(instances, `${where}.instances`).map((each, index) => {
    const at = `${where}.instances[${index}]`;
    const { index_key: key, status, attributes, deposed } = objectAt(each, at);
    return {
      address: addressOf(key === undefined ? base : `${base}[${JSON.stringify(key)}]`, deposed),
      type: kind,
      // Terraform writes attributes of resources that no provider has read for long otherwise.
      values: objectAt(attributes ?? {}, `${at}.attributes`),
      isTainted: status === "tainted",
      isDeposed: typeof deposed === "string",
    };
  });
}

/** What was to be destroyed once another took its place, and was not, has the address of that, and goes by Terraform's name. */
function addressOf(address: string, deposed: unknown): string {
  return typeof deposed === "string" ? `${address} (deposed object ${deposed})` : address;
}
