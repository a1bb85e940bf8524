import { TerraformOutput } from "cdktf";
import { ClusterConstruct, InvalidPropsError } from "../../../lib";
import type { ProxmoxVmProps } from "../../../lib";
import { synthesize } from "./synthesized";

const vm = (vmId: number): ProxmoxVmProps => ({ vmId, node: "pve1", templateId: 400 });

test("a cluster is its VMs and one gate that is there once every VM is", () => {
  const document = synthesize((stack) => {
    new ClusterConstruct(stack, "db", { members: { "db-1": vm(401), "db-2": vm(402) } });
  });
  expect(Object.keys(document.resource?.pve_qemu ?? {})).toEqual(["db-1", "db-2"]);
  expect(document.resource?.null_resource).toEqual({
    "db-ready": {
      triggers: { "db-1": "${pve_qemu.db-1.id}", "db-2": "${pve_qemu.db-2.id}" },
      depends_on: ["pve_qemu.db-1", "pve_qemu.db-2"],
    },
  });
});

test("its name in Terraform can be another than its id", () => {
  const document = synthesize((stack) => {
    new ClusterConstruct(stack, "some-id", { terraformName: "db", members: { "db-1": vm(401) } });
  });
  expect(Object.keys(document.resource?.null_resource ?? {})).toEqual(["db-ready"]);
});

test("every VM of a cluster that waits depends on the gates it waits for, and on what it depends on anyway", () => {
  const document = synthesize((stack) => {
    const db = new ClusterConstruct(stack, "db", { members: { "db-1": vm(401) } });
    const cache = new ClusterConstruct(stack, "cache", { members: { "cache-1": vm(402) } });
    const first = db.vms.get("db-1");
    const members = { "web-1": vm(403), "web-2": { ...vm(404), dependsOn: first ? [first.resource] : [] } };
    new ClusterConstruct(stack, "web", { members, waitsFor: [db, cache] });
  });
  const vms = document.resource?.pve_qemu;
  expect(vms?.["web-1"]?.depends_on).toEqual(["null_resource.db-ready", "null_resource.cache-ready"]);
  expect(vms?.["web-2"]?.depends_on).toEqual([
    "pve_qemu.db-1",
    "null_resource.db-ready",
    "null_resource.cache-ready",
  ]);
  expect(vms?.["db-1"]).not.toHaveProperty("depends_on");
});

test("its addresses are those of its VMs, in the order given", () => {
  const document = synthesize((stack) => {
    const db = new ClusterConstruct(stack, "db", { members: { "db-2": vm(402), "db-1": vm(401) } });
    new TerraformOutput(stack, "addresses", { value: db.ipv4Addresses });
  });
  expect(document.output?.addresses?.value).toEqual([
    "${pve_qemu.db-2.ipv4_address}",
    "${pve_qemu.db-1.ipv4_address}",
  ]);
});

test("a cluster without members is refused", () => {
  expect(() => synthesize((stack) => new ClusterConstruct(stack, "db", { members: {} }))).toThrow(
    "The props of stack/db cannot be used:\n  'members' must hold at least one VM, got none",
  );
});

test("the props of a member are checked like those of a VM", () => {
  const make = (): unknown =>
    synthesize((stack) => new ClusterConstruct(stack, "db", { members: { "db-1": vm(1) } }));
  expect(make).toThrow(InvalidPropsError);
  expect(make).toThrow("The props of stack/db/db-1 cannot be used:\n  'vmId' must be");
});
