import { RancherStack } from "../../../../lib";
import { compareResources, declaredResources, stateResources } from "../../../../lib/reports";
import type { Topology } from "../../../../lib/topology";
import { fleet, reference, serversAndWorkers } from "../../../support/sample-topologies";
import { synthesizedText } from "../../constructs/synthesized";
import type { Synthesized } from "../../constructs/synthesized";
import { sampleTopology } from "../sample-topology";

/** What is compared elsewhere or nowhere: keys come from a variable, and the order from the gates. */
const NOT_COMPARED = ["sshkeys", "depends_on"];

function rendered(topology: Topology): NonNullable<Synthesized["resource"]> {
  const text = synthesizedText((app) => new RancherStack(app, "rancher-proxmox", { topology }));
  return (JSON.parse(text) as Synthesized).resource ?? {};
}

/** State as it is once what is rendered was applied to the letter. */
function appliedState({
  pve_qemu: vms = {},
  null_resource: gates = {},
}: ReturnType<typeof rendered>): string {
  const resource = (type: string, name: string, attributes: object): object => ({
    mode: "managed",
    type,
    name,
    instances: [{ attributes }],
  });
  const idOf = (name: string): string => `${String(vms[name]?.["node"])}/${String(vms[name]?.["vmid"])}`;
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    resources: [
      ...Object.entries(vms).map(([name, vm]) => resource("pve_qemu", name, { ...vm, id: idOf(name) })),
      ...Object.entries(gates).map(([name, { triggers }]) => {
        const keys = Object.keys(triggers as object);
        return resource("null_resource", name, {
          triggers: Object.fromEntries(keys.map((key) => [key, idOf(key)])),
        });
      }),
    ],
  });
}

test.each<[string, Topology]>([
  ["the reference", reference()],
  ["the sample, with further disks and networks", sampleTopology()],
  ["servers and workers", serversAndWorkers()],
  ["a fleet", fleet(30, 3)],
])("all that the constructs render of %s is compared", (_, topology) => {
  const resources = rendered(topology);
  const declared = declaredResources(topology);
  for (const [name, vm] of Object.entries(resources["pve_qemu"] ?? {})) {
    const compared = [...(declared.vms.get(`pve_qemu.${name}`)?.attributes.keys() ?? [])];
    expect([...compared, ...NOT_COMPARED].sort()).toEqual(
      expect.arrayContaining(Object.keys(vm).sort()) as string[],
    );
    expect(Object.keys(vm)).toEqual(expect.arrayContaining(compared) as string[]);
  }
  const state = stateResources(appliedState(resources));
  if (!state) throw new Error("the state is not recognised");
  expect([...state.vms.keys()].sort()).toEqual([...declared.vms.keys()].sort());
  const { totals, resources: told } = compareResources(state, declared);
  expect(told.filter(({ action, changes }) => action !== "keep" || changes.length > 0)).toEqual([]);
  expect(totals).toEqual({ add: 0, change: 0, destroy: 0 });
});
