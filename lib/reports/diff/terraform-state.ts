import type { Gate, Resources, VmResource } from "./resources";
import { attributesOfState, type StateValues } from "./state-attributes";

/** Text that is Terraform's but no state that can be compared: the user's mistake. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/** A resource as state has it. */
interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: StateValues;
  readonly isTainted: boolean;
}

/** A state file, and what `terraform state pull` prints. */
interface StateFile {
  readonly version: number;
  readonly resources: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly status?: string;
      readonly attributes: StateValues;
    }[];
  }[];
}

/** What `terraform show -json` prints of state. */
interface ShownModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly values: StateValues;
    readonly tainted?: boolean;
  }[];
  readonly child_modules?: readonly ShownModule[];
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
    gates: new Map(gates.map(({ address, values }) => [address, (values["triggers"] ?? {}) as Gate])),
    others: resources.length - vms.length - gates.length,
  };
}

function vmOf({ values, isTainted }: StateResource): VmResource {
  const { id, node } = values as { id?: string | null; node?: string | null };
  return { attributes: attributesOfState(values), currentNode: id?.split("/")[0] ?? node ?? "", isTainted };
}

function readState(text: string): StateResource[] | undefined {
  const document = parseJson(text);
  if (document === undefined) return undefined;
  if ("planned_values" in document || "resource_changes" in document) {
    const advice = "give the state: a state file, or what `terraform state pull` prints";
    throw new StateError(`is a plan that Terraform has shown, and no state; ${advice}`);
  }
  if ("format_version" in document) {
    const { values } = document as { values?: { root_module?: ShownModule } };
    return values?.root_module === undefined ? [] : ofModule(values.root_module);
  }
  if (!("terraform_version" in document)) return undefined;
  const { version, resources } = document as unknown as StateFile;
  if (version !== 4) {
    const advice = "Terraform 1.5 or later makes version 4 of it with the next apply";
    throw new StateError(`is Terraform state of version ${version}, and 4 can be read; ${advice}`);
  }
  return resources.filter(({ mode }) => mode === "managed").flatMap(instancesOf);
}

function parseJson(text: string): object | undefined {
  // Cheaper than to have JSON.parse fail on a large YAML file.
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function instancesOf({ module, type, name, instances }: StateFile["resources"][number]): StateResource[] {
  const base = [...(module === undefined ? [] : [module]), type, name].join(".");
  return instances.map(({ index_key: key, status, attributes }) => ({
    address: key === undefined ? base : `${base}[${JSON.stringify(key)}]`,
    type,
    values: attributes,
    isTainted: status === "tainted",
  }));
}

function ofModule({ resources = [], child_modules: children = [] }: ShownModule): StateResource[] {
  const own = resources.filter(({ mode }) => mode === "managed");
  return [
    ...own.map(({ address, type, values, tainted = false }) => ({
      address,
      type,
      values,
      isTainted: tainted,
    })),
    ...children.flatMap(ofModule),
  ];
}
