import fs from "node:fs";
import path from "node:path";
import { Deployment } from "../support/deployment";
import { describeTerraform } from "../support/terraform-runner";

const HCL = path.join(__dirname, "fixtures", "devices-hcl");
const GIB = 2 ** 30;

describeTerraform("a VM with two network cards and three disks", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open({ profile: { configureSeconds: 20 } });
    await deployment.useHcl(HCL);
  });
  afterEach(async () => {
    await deployment.close();
  });

  function disks(): unknown {
    return deployment.vm(401).disks.map(({ key, sizeBytes }) => [key, sizeBytes / GIB]);
  }

  /** Volumes of the VM, its cloud-init drive left out. */
  function volumes(): string[] {
    return deployment.sandbox.simulator
      .volumes()
      .filter(({ vmid, volumeId }) => vmid === 401 && !volumeId.includes("cloudinit"))
      .map(({ volumeId }) => volumeId);
  }

  test("is made, settles, changes its disks and is removed without a trace", async () => {
    const { simulator } = deployment.sandbox;
    const volumesBefore = simulator.volumes();
    await deployment.apply();
    expect(deployment.vm(401)).toMatchObject({ status: "running", isAgentUp: true });
    expect(deployment.vm(401).config["net1"]).toMatch(/^virtio=BC:24:11:[^,]+,bridge=vmbr0,mtu=9000,tag=20$/);
    expect(disks()).toEqual([
      ["scsi0", 20],
      ["scsi1", 10],
      ["scsi2", 5],
    ]);
    expect(await deployment.outputs()).toEqual({ addresses: ["192.168.1.100", "fd00:14::100"] });
    expect(await deployment.isSettled()).toBe(true);

    const [boot, data] = deployment.vm(401).disks;
    const tasks = simulator.tasks().length;
    const changed = ["-input=false", "-var", "data_gib=30", "-var", "scratch="];
    const said = await deployment.terraform("apply", "-auto-approve", ...changed);
    expect(said).toMatch(/scsi1\s+= "local-vm-zfs:10" -> "local-vm-zfs:30"/);
    expect(said).toContain("scsi2 of VM 401 (db-1) is going to be deleted");
    expect(simulator.tasks().slice(tasks)).toMatchObject([{ type: "qmconfig" }, { type: "resize" }]);
    expect(deployment.vm(401).disks).toEqual([boot, { ...data, sizeBytes: 30 * GIB }]);
    expect(volumes()).toHaveLength(2);
    await deployment.terraform("plan", "-detailed-exitcode", ...changed);

    const { exitCode, stderr } = await deployment.tryTerraform("plan", "-input=false", "-var", "data_gib=20");
    expect([exitCode, stderr.replace(/\s+/g, " ")]).toEqual([
      1,
      expect.stringContaining("scsi1 of VM 401 (db-1) cannot shrink"),
    ]);

    await deployment.terraform("destroy", "-auto-approve", "-var", "data_gib=30");
    expect(deployment.vmIds()).toEqual([]);
    expect(simulator.volumes()).toEqual(volumesBefore);
  }, 60_000);

  test("is finished after a kill -9 while its disks were being made, with no disk made twice", async () => {
    const { simulator } = deployment.sandbox;
    await deployment.applyAndCancel("SIGKILL", "qmconfig");

    expect(await deployment.apply()).toContain("was left half made: apply finishes it");
    expect(disks()).toEqual([
      ["scsi0", 20],
      ["scsi1", 10],
      ["scsi2", 5],
    ]);
    expect(volumes()).toHaveLength(3);
    expect(simulator.tasks().filter(({ type }) => type === "qmclone")).toHaveLength(1);
    expect(deployment.vm(401).config).not.toHaveProperty("description");
    expect(await deployment.isSettled()).toBe(true);
  }, 60_000);

  test("can be imported, and taken over from a state without those devices; that changes nothing in Proxmox", async () => {
    await deployment.apply();
    await deployment.terraform("state", "rm", "pve_qemu.db");
    await deployment.terraform("import", "pve_qemu.db", "pve1/401");
    const before = deployment.vm(401);
    const tasks = deployment.sandbox.simulator.tasks().length;
    await deployment.apply();
    expect(deployment.sandbox.simulator.tasks()).toHaveLength(tasks);
    expect(deployment.vm(401)).toEqual(before);
    expect(await deployment.isSettled()).toBe(true);

    const file = path.join(deployment.sandbox.stackFolder, "terraform.tfstate");
    const state = fs.readFileSync(file, "utf8");
    const earlier = state.replace(/^ *"(net[1-7]|ipconfig[1-7]|scsi[1-9]\d?|ipv6_address)": .*,\n/gm, "");
    expect(earlier).not.toBe(state);
    fs.writeFileSync(file, earlier);
    expect(await deployment.plan()).toEqual({});
  }, 60_000);
});
