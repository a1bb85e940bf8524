import type { Parameters } from "../../../provider/proxmox/api-client";
import { QEMU } from "../../../provider/resources/qemu";
import type { ObjectValue } from "../../../provider/plugin/value";
import {
  applied,
  apply,
  client,
  configure,
  context,
  GIB,
  GOLDEN,
  meanwhile,
  plan,
  planResult,
  simulator,
  tasksSince,
  traces,
  vmOf,
} from "../../support/simulated-qemu";

/** A template with a second card, a data disk, and its cloud-init drive on the SCSI bus. */
const MANY = 430;
const MAC = /virtio=([^,]+)/;

beforeAll(async () => {
  const vm = `/nodes/pve1/qemu/${MANY}`;
  await meanwhile("post", `/nodes/pve1/qemu/${GOLDEN}/clone`, { newid: MANY, name: "many", full: true });
  await client.put(`${vm}/config`, { delete: "ide2" });
  await client.put(`${vm}/config`, {
    net1: "virtio,bridge=vmbr0,tag=20",
    ipconfig1: "ip=dhcp",
    scsi1: "local-vm-zfs:2",
    scsi2: "local-vm-zfs:cloudinit",
  });
  await meanwhile("post", `${vm}/template`);
});

/** Keys and sizes in GiB of a VM's disks, those that are attached nowhere included. */
function disksOf(vmid: number): unknown {
  return Object.fromEntries(vmOf(vmid).disks.map(({ key, sizeBytes }) => [key, sizeBytes / GIB]));
}

function volumesOf(vmid: number): readonly string[] {
  return simulator
    .volumes()
    .filter((volume) => volume.vmid === vmid && !volume.volumeId.includes("cloudinit"))
    .map(({ volumeId }) => volumeId);
}

/** The types of the calls about a VM that changed something. */
function changingCalls(vmid: number, since: number): string[] {
  return simulator
    .requests()
    .slice(since)
    .filter(({ method, path }) => method !== "GET" && path.includes(`/qemu/${vmid}/`))
    .map(({ method, path }) => `${method} ${path.split("/").at(-1) ?? ""}`);
}

describe("network cards", () => {
  const two = {
    net0: "virtio,bridge=vmbr0,tag=14,mtu=9000",
    ipconfig0: "ip=192.168.1.10/24,gw=192.168.1.1",
    net1: "virtio,bridge=vmbr0,tag=20",
    ipconfig1: "ip=10.20.0.10/16",
  };

  test("further ones are made with the VM, each with a MAC address of its own that it keeps", async () => {
    const before = simulator.requests().length;
    const created = await applied(null, configure(700, two));
    expect(changingCalls(700, before)).toEqual(["POST config", "PUT config"]);
    const { config } = vmOf(700);
    expect(config["net0"]).toMatch(/,bridge=vmbr0,mtu=9000,tag=14$/);
    expect(config["ipconfig1"]).toBe("ip=10.20.0.10/16");
    const mac = MAC.exec(config["net1"] ?? "")?.[1] ?? "";
    expect(mac).not.toBe(MAC.exec(config["net0"] ?? "")?.[1]);

    await applied(created, configure(700, { ...two, net1: "virtio,bridge=vmbr0,tag=21,mtu=1" }));
    expect(vmOf(700).config["net1"]).toBe(`virtio=${mac},bridge=vmbr0,mtu=1,tag=21`);
  });

  test("one is added to a VM that runs, and its addresses come with the word that they need a reboot", async () => {
    const config = configure(701, { startup: true, wait_for: "none", ipconfig0: "ip=192.168.1.11/24" });
    const state = await applied(null, config);
    const more = { ...config, net1: "virtio,bridge=vmbr0", ipconfig1: "ip=10.20.0.11/16" };
    const { diagnostics, state: changed } = await apply(state, more);
    expect(diagnostics).toMatchObject([{ severity: "warning" }]);
    expect(diagnostics[0]?.detail).toContain("has stored ipconfig1");
    expect(changed).toMatchObject({ reboot_pending: true });
    expect(vmOf(701).config).toMatchObject({ net1: expect.stringContaining("bridge=vmbr0") as string });
    expect(await applied(changed, { ...more, reboot_on_change: true })).toMatchObject({
      reboot_pending: false,
    });
  });

  test("those of the template stay where they are left out, and go where they are empty", async () => {
    const state = await applied(null, configure(702, { clone: MANY }));
    expect(state).toMatchObject({ ipconfig1: "ip=dhcp", scsi1: "local-vm-zfs:2" });
    expect(state["net1"]).toMatch(/bridge=vmbr0,tag=20$/);
    await applied(state, configure(702, { clone: MANY, net1: "", ipconfig1: "" }));
    expect(Object.keys(vmOf(702).config).filter((key) => /^(net|ipconfig)1$/.test(key))).toEqual([]);
  });

  test("addresses for one that neither the configuration nor the template has make nothing", async () => {
    const { state, diagnostics } = await apply(null, configure(703, { ipconfig2: "ip=dhcp" }));
    expect(state).toBeNull();
    expect(diagnostics).toMatchObject([{ severity: "error", attribute: ["ipconfig2"] }]);
    expect(diagnostics[0]?.detail).toContain("There is no net2");
    expect(traces(703)).toEqual([]);
    // The template has this one.
    await applied(null, configure(703, { clone: MANY, ipconfig1: "ip=10.20.0.12/16" }));
  });
});

describe("data disks", () => {
  test("are made in the call that sets the VM up, and nothing is asked twice for them", async () => {
    const before = simulator.requests().length;
    const disks = { scsi0: "local-vm-zfs:4", scsi1: "local-vm-zfs:10", scsi13: "local-vm-zfs:0.3" };
    const state = await applied(null, configure(710, disks));
    expect(changingCalls(710, before)).toEqual(["POST config", "PUT resize", "PUT config"]);
    expect(disksOf(710)).toEqual({ scsi0: 4, scsi1: 10, scsi13: 308 / 1024 });
    expect(state).toMatchObject(disks);
    expect(await QEMU.delete({ state }, context())).toEqual([]);
    expect(traces(710)).toEqual([]);
  });

  test("are added to a VM that runs and grow there, and the others are left alone", async () => {
    const config = configure(711, { startup: true, wait_for: "none", scsi1: "local-vm-zfs:1" });
    const created = await applied(null, config);
    const [boot, first] = vmOf(711).disks;
    const before = simulator.tasks().length;
    const more = { ...config, scsi1: "local-vm-zfs:3", scsi2: "local-vm-zfs:1" };
    await applied(created, more);
    expect(tasksSince(before)).toEqual([
      ["qmconfig", "OK"],
      ["resize", "OK"],
    ]);
    expect(vmOf(711)).toMatchObject({
      status: "running",
      disks: [boot, { volumeId: first?.volumeId, sizeBytes: 3 * GIB }, { key: "scsi2", sizeBytes: GIB }],
    });
  });

  test("that the template has are kept and grown", async () => {
    const config = configure(712, { clone: MANY, scsi0: "local-vm-zfs:5", scsi1: "local-vm-zfs:6" });
    await applied(null, config);
    expect(disksOf(712)).toEqual({ scsi0: 5, scsi1: 6 });
    expect(volumesOf(712)).toHaveLength(2);
  });

  test.each([
    ["scsi1", "local-vm-zfs:1", /disk has 2 GiB, scsi1 asks for 1 GiB/],
    [
      "scsi1",
      "other:2",
      /whose copy is made on local-vm-zfs, not on other\. Ask for scsi1 = "local-vm-zfs:2"/,
    ],
    ["scsi2", "local-vm-zfs:2", /"local-vm-zfs:vm-430-cloudinit,media=cdrom" at scsi2, which is no disk/],
  ])("which the template's stand in the way of make nothing: %s = %s", async (device, asked, said) => {
    const before = simulator.tasks().length;
    const config = configure(713, { clone: MANY, scsi0: "local-vm-zfs:5", [device]: asked });
    const { state, diagnostics } = await apply(null, config);
    expect(state).toBeNull();
    expect(diagnostics).toMatchObject([{ severity: "error", attribute: [device] }]);
    expect(diagnostics[0]?.detail).toMatch(said);
    expect([traces(713), tasksSince(before)]).toEqual([[], []]);
  });

  test("everything that a template cannot give is told at once", async () => {
    const config = configure(714, {
      clone: MANY,
      scsi0: "local-vm-zfs:1",
      scsi1: "other:1",
      ipconfig5: "ip=dhcp",
    });
    const { diagnostics } = await apply(null, config);
    expect(diagnostics.map(({ attribute }) => attribute?.[0])).toEqual(["scsi0", "scsi1", "ipconfig5"]);
  });

  test("stay with their data where the configuration no longer names them", async () => {
    const created = await applied(null, configure(715, { scsi1: "local-vm-zfs:1", scsi2: "local-vm-zfs:1" }));
    const before = vmOf(715).disks;
    await applied(created, configure(715, { cores: 1 }));
    expect(vmOf(715).disks).toEqual(before);
  });

  test("are deleted with their volume where they are empty, and the plan says that the data is lost", async () => {
    const created = await applied(null, configure(716, { scsi1: "local-vm-zfs:1", scsi2: "local-vm-zfs:1" }));
    const kept = vmOf(716).disks[2];
    const without = configure(716, { scsi1: "", scsi2: "local-vm-zfs:1" });
    const { diagnostics } = await planResult(created, without, context());
    expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["scsi1"] }]);
    expect(diagnostics?.[0]?.detail).toContain("all data on it is lost");
    const state = await applied(created, without);
    expect(disksOf(716)).toEqual({ scsi0: expect.any(Number) as number, scsi2: 1 });
    expect(vmOf(716).disks[1]).toEqual(kept);
    expect(volumesOf(716)).toHaveLength(2);
    await applied(state, configure(716, { scsi1: "local-vm-zfs:2", scsi2: "local-vm-zfs:1" }));
    expect(disksOf(716)).toMatchObject({ scsi1: 2 });
  });

  test("of the template are not wanted: they go before anybody has them, and its cloud-init drive stays", async () => {
    await applied(null, configure(717, { clone: MANY, scsi1: "", scsi2: "" }));
    expect(disksOf(717)).toEqual({ scsi0: expect.any(Number) as number });
    expect(vmOf(717).config["scsi2"]).toContain("cloudinit");
    expect(volumesOf(717)).toHaveLength(1);
  });

  test("of a template that is protected go as well", async () => {
    await client.put(`/nodes/pve1/qemu/${MANY}/config`, { protection: true });
    const { state, diagnostics } = await apply(null, configure(722, { clone: MANY, scsi1: "" }));
    await client.put(`/nodes/pve1/qemu/${MANY}/config`, { delete: "protection" });
    expect(diagnostics).toEqual([]);
    expect(state).toMatchObject({ scsi1: "" });
    expect(disksOf(722)).toEqual({ scsi0: expect.any(Number) as number });
  });

  test("never take the place of anything that is attached there", async () => {
    const created = await applied(null, configure(718));
    await client.put("/nodes/pve1/qemu/718/config", { scsi3: "none,media=cdrom" });
    const before = vmOf(718).config;
    const { state, diagnostics } = await apply(created, configure(718, { scsi3: "local-vm-zfs:1" }));
    expect(diagnostics).toMatchObject([
      { severity: "error", summary: "Unable to configure VM 718 (vm-718) on node pve1" },
    ]);
    expect(diagnostics[0]?.detail).toBe(
      'scsi3 holds "none,media=cdrom", which is no disk on a storage: it was not touched. Ask for the disk at a free device.',
    );
    expect([state, vmOf(718).config]).toEqual([created, before]);
  });

  test("that somebody attached after the plan is taken for what it is, and not replaced", async () => {
    const created = await applied(null, configure(719));
    await client.put("/nodes/pve1/qemu/719/config", { scsi1: "local-vm-zfs:2" });
    const [, theirs] = vmOf(719).disks;
    await applied(created, configure(719, { scsi1: "local-vm-zfs:2" }));
    expect(vmOf(719).disks[1]).toEqual(theirs);
    expect(volumesOf(719)).toHaveLength(2);
  });

  test("that waits for the VM to be unplugged is gone for Terraform, and for good when it stops", async () => {
    const config = configure(720, { startup: true, wait_for: "none", scsi1: "local-vm-zfs:1" });
    const stopped = await applied(null, { ...config, startup: false });
    await client.put("/nodes/pve1/qemu/720/config", { hotplug: "network" });
    const created = await applied(stopped, config);
    const { state, diagnostics } = await apply(created, { ...config, scsi1: "" });
    expect(diagnostics).toMatchObject([{ severity: "warning" }]);
    expect(diagnostics[0]?.detail).toContain("has stored scsi1");
    expect(await plan(state, { ...config, scsi1: "" })).toEqual(state);
    await applied(state, { ...config, scsi1: "", reboot_on_change: true });
    expect(disksOf(720)).toEqual({ scsi0: expect.any(Number) as number });
    expect(volumesOf(720)).toHaveLength(1);
  });

  test("on a storage that does not exist are told with where to look, and the next apply converges", async () => {
    const { state, diagnostics } = await apply(null, configure(721, { scsi1: "nowhere:1" }));
    expect(diagnostics[0]?.detail).toContain("storage 'nowhere' does not exist");
    expect(diagnostics[0]?.detail).toContain('There is no storage "nowhere"');
    expect(await QEMU.delete({ state: state ?? {} }, context())).toEqual([]);
    expect(traces(721)).toEqual([]);
  });
});

test("a VM with several cards and disks is imported, and takes its configuration without a change", async () => {
  const config = configure(730, {
    net0: "virtio,bridge=vmbr0,tag=14",
    net1: "virtio,bridge=vmbr0,mtu=9000",
    net2: "e1000,bridge=vmbr0,firewall=1",
    ipconfig0: "ip=192.168.1.30/24,gw=192.168.1.1,ip6=fd00::30/64,gw6=fd00::1",
    ipconfig1: "ip=10.20.0.30/16",
    scsi1: "local-vm-zfs:1",
    scsi5: "local-vm-zfs:1.5",
  });
  await applied(null, config);
  const before = vmOf(730);
  const { state } = QEMU.importState?.("pve1/730") ?? {};
  const imported = (await QEMU.read({ state: state ?? {} }, context())).state ?? {};
  expect(imported).toMatchObject({ scsi5: "local-vm-zfs:1.5", ipv6_address: "fd00::30", net3: null });
  const planned = await plan(imported, config);
  const differing = Object.keys(planned).filter((name) => planned[name] !== imported[name]);
  expect(differing.filter((name) => /\d$|_address$/.test(name))).toEqual([]);
  await applied(imported, config);
  expect(vmOf(730)).toEqual(before);
});

describe("the IPv6 address", () => {
  test.each<[number, string, ObjectValue]>([
    [740, "ip=192.168.1.40/24,ip6=fd00::40/64", { ipv4_address: "192.168.1.40", ipv6_address: "fd00::40" }],
    [741, "ip=192.168.1.41/24", { ipv4_address: "192.168.1.41", ipv6_address: null }],
    [742, "ip=dhcp,ip6=dhcp", { ipv4_address: "192.0.2.244", ipv6_address: "2001:db8::2e6" }],
    [743, "ip=192.168.1.43/24,ip6=auto", { ipv4_address: "192.168.1.43", ipv6_address: "2001:db8::2e7" }],
    [744, "ip6=auto", { ipv4_address: null, ipv6_address: "2001:db8::2e8" }],
    [745, "ip6=fe80::45/64,ip=dhcp", { ipv6_address: null }],
  ])("of VM %i is that of %s", async (vmid, ipconfig0, addresses) => {
    const config = configure(vmid, {
      startup: true,
      net1: "virtio,bridge=vmbr0",
      ipconfig0,
      ipconfig1: "ip6=fd01::1/64",
    });
    expect(await applied(null, config)).toMatchObject(addresses);
  });

  test("is no condition: a VM whose network gives it none is done without", async () => {
    const [now, get] = [Date.now.bind(Date), client.get.bind(client)];
    let skippedMs = 0;
    jest.spyOn(Date, "now").mockImplementation(() => now() + skippedMs);
    jest.spyOn(client, "get").mockImplementation(async <T>(path: string, query?: Parameters): Promise<T> => {
      const answer = await get<T>(path, query);
      if (!path.includes("/agent/")) return answer;
      // The limit passes when the agent has been asked once; its guest has found no router.
      skippedMs += 11_000;
      const withoutIpv6 = JSON.stringify(answer).replaceAll("2001:db8:", "fe80:");
      return JSON.parse(withoutIpv6) as T;
    });
    const config = configure(746, { startup: true, ipconfig0: "ip=192.168.1.46/24,ip6=auto" });
    const { state, diagnostics } = await apply(null, config);
    expect(diagnostics).toEqual([]);
    expect(state).toMatchObject({ ipv4_address: "192.168.1.46", ipv6_address: null });
    expect(await plan(state, config)).toEqual(state);
  });
});
