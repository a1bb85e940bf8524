import fc from "fast-check";
import type { ObjectValue } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import { showValue } from "../../../provider/plugin/object-values";
import {
  applied,
  apply,
  configure,
  context,
  plan,
  simulator,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

const card = fc.constantFrom(
  null,
  "",
  "virtio,bridge=vmbr0",
  "bridge=vmbr0,model=virtio,tag=20,firewall=0",
  "virtio=bc:24:11:00:00:01,bridge=vmbr0,mtu=9000",
  "e1000,bridge=vmbr0,link_down=yes",
);
const addresses = fc.constantFrom(
  null,
  "",
  "ip=10.0.0.2/24",
  "gw=10.0.0.1,ip=10.0.0.2/24",
  "ip6=fd00::2/64,ip=dhcp",
);
/** In steps of an eighth of a GiB; `null`: left out. */
const disk = fc.option(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })), { nil: null });
const step = fc.record({ net1: card, net2: card, ipconfig1: addresses, scsi1: disk, scsi2: disk });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The step as a configuration that can be: disks never shrink, and addresses have a card. */
function configuration(vmid: number, wanted: Step, state: ObjectValue | null): ObjectValue {
  const diskOf = (device: "scsi1" | "scsi2"): string | null => {
    const eighths = wanted[device];
    if (eighths === null || eighths === 0) return eighths === null ? null : "";
    const has = Number(showValue(state?.[device] ?? "").split(":")[1] ?? 0);
    return `local-vm-zfs:${Math.max(has, eighths / 8)}`;
  };
  const net1 = wanted.net1 ?? "virtio,bridge=vmbr0";
  return configure(vmid, {
    net1,
    net2: wanted.net2,
    ipconfig1: net1 === "" ? "" : wanted.ipconfig1,
    scsi1: diskOf("scsi1"),
    scsi2: diskOf("scsi2"),
  });
}

let vmid = 900;

test("whatever is made of a VM's cards and disks, the second plan is empty, and every volume is one of its disks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), fc.boolean(), async (steps, runs) => {
      vmid += 1;
      let state: ObjectValue | null = null;
      for (const wanted of steps) {
        const config: ObjectValue = {
          ...configuration(vmid, wanted, state),
          startup: runs,
          wait_for: "none",
        };
        // A running VM takes new addresses up at its next start: that it says so is the only word.
        state = runs ? await settled(state, config) : await applied(state, config);
        const { config: stored, pending, disks } = vmOf(vmid);
        expect([pending, Object.keys(stored).filter((key) => key.startsWith("unused"))]).toEqual([{}, []]);
        const volumes = simulator.volumes().filter((volume) => volume.vmid === vmid);
        expect(volumes).toHaveLength(disks.length + 1);
      }
      expect(await QEMU.delete({ state: state ?? {} }, context())).toEqual([]);
      expect(traces(vmid)).toEqual([]);
    }),
    { numRuns: 12 },
  );
}, 60_000);

async function settled(prior: ObjectValue | null, config: ObjectValue): Promise<ObjectValue> {
  const { state, diagnostics } = await apply(prior, config);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const read = await QEMU.read({ state: state ?? {} }, context());
  expect(read).toEqual({ state, diagnostics: [] });
  expect(await plan(state, config)).toEqual(state);
  return state ?? {};
}
