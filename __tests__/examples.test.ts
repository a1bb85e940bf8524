import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { RancherStack, loadTopology } from "../lib";
import type { Topology } from "../lib";
import { synthesizedText } from "./lib/constructs/synthesized";
import type { Synthesized } from "./lib/constructs/synthesized";

const FOLDER = path.join(__dirname, "..", "examples");
const names = fs.readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));

const load = (name: string): Topology => loadTopology(path.join(FOLDER, name));
const synthesize = (name: string): Synthesized =>
  JSON.parse(
    synthesizedText((app) => new RancherStack(app, "rancher-proxmox", { topology: load(name) })),
  ) as Synthesized;
const vmOf = (name: string, vm: string): Record<string, unknown> | undefined =>
  synthesize(name).resource?.pve_qemu?.[vm];

test("each example is in the table of its folder, and each that is there is one", () => {
  const text = fs.readFileSync(path.join(FOLDER, "README.md"), "utf8");
  const listed = [...text.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...names].sort());
});

test("the command that copies one leaves an editor's help in it", () => {
  const text = fs.readFileSync(path.join(FOLDER, "README.md"), "utf8");
  const [command = "", name = ""] = /^sed .* examples\/(\S+) > topology\.yaml$/m.exec(text) ?? [];
  const copied = execFileSync("sh", ["-c", command.replace(/ > .*/, "")], {
    cwd: path.dirname(FOLDER),
    encoding: "utf8",
  });
  const ofReference = fs.readFileSync(path.join(FOLDER, "..", "topology.yaml"), "utf8");
  expect(copied.split("\n")[0]).toBe(ofReference.split("\n")[0]);
  const original = fs.readFileSync(path.join(FOLDER, name), "utf8");
  expect(copied.split("\n").slice(1)).toEqual(original.split("\n").slice(1));
});

describe.each(names)("%s", (name) => {
  test("tells editors where the schema is", () => {
    const [first = ""] = fs.readFileSync(path.join(FOLDER, name), "utf8").split("\n");
    const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? "";
    expect(path.resolve(FOLDER, schema)).toBe(path.resolve(FOLDER, "..", "topology.schema.json"));
  });

  test("is accepted, and all that it is warned of is acknowledged", () => {
    const topology = load(name);
    expect(topology.warnings.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
  });

  test("has as many VMs as the table says", () => {
    const text = fs.readFileSync(path.join(FOLDER, "README.md"), "utf8");
    const row = text.split("\n").find((line) => line.includes(`(${name})`)) ?? "";
    const count = load(name).clusters.reduce((sum, { vms }) => sum + vms.length, 0);
    expect(Number(/\| +(\d+) +\|/.exec(row)?.[1])).toBe(count);
    expect(Object.keys(synthesize(name).resource?.pve_qemu ?? {})).toHaveLength(count);
  });
});

test("on three hosts each VM is cloned from the template of its own host, and no two servers of a cluster share one", () => {
  const vms = Object.entries(synthesize("three-hosts.yaml").resource?.pve_qemu ?? {});
  for (const cluster of ["rancher", "production"]) {
    const members = vms.filter(([key]) => key.startsWith(cluster));
    const hosts = members.map(([, { node, clone }]) => [node, clone]);
    expect(hosts.sort()).toEqual([
      ["pve1", 9001],
      ["pve2", 9002],
      ["pve3", 9003],
    ]);
  }
});

test("storage workers have their disks, and a card in the replication network", () => {
  expect(vmOf("servers-and-workers.yaml", "apps-storage-1")).toMatchObject({
    scsi1: "ceph-vm:500",
    scsi2: "ceph-vm:500",
    net1: "virtio,bridge=vmbr1,tag=40,mtu=9000",
    ipconfig1: "ip=10.40.0.1/24",
    tags: ["storage"],
  });
});

test("each of four clusters is in its own VLAN, and development waits for production alone", () => {
  const vm = vmOf("four-clusters.yaml", "development-1");
  expect(vm).toMatchObject({
    net0: "virtio,bridge=vmbr0,tag=33",
    depends_on: ["null_resource.production-ready"],
  });
});

test("servers of both IP versions have fixed addresses, workers take their IPv6 address from the router", () => {
  expect(vmOf("dual-stack.yaml", "rancher-1")).toMatchObject({
    ipconfig0: "ip=10.50.0.11/24,gw=10.50.0.1,ip6=2001:db8:50::11/64,gw6=fe80::1",
  });
  expect(vmOf("dual-stack.yaml", "apps-workers-1")).toMatchObject({
    ipconfig0: "ip=10.50.0.31/24,gw=10.50.0.1,ip6=auto",
  });
});
