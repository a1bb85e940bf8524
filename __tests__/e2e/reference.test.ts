import fs from "node:fs";
import path from "node:path";
import { describeTerraform } from "../support/terraform-runner";
import { DEFAULT_TIMING_PROFILE } from "../../simulator";
import { Deployment, SPEED } from "../support/deployment";

const MANAGER_IPS = ["192.168.1.100", "192.168.1.101", "192.168.1.102"];
const APPS_IPS = ["192.168.1.110", "192.168.1.111", "192.168.1.112"];
const HCL = path.join(__dirname, "fixtures", "reference-hcl");

describeTerraform("the reference clusters", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.open();
  });
  afterEach(async () => {
    await deployment.close();
  });

  test("are deployed, settle, and are removed without a trace", async () => {
    const { simulator } = deployment.sandbox;
    const volumesBefore = simulator.volumes();
    await deployment.synth();
    await deployment.apply();

    expect(deployment.vmIds()).toEqual([401, 402, 403, 404, 405, 406]);
    for (const vmid of deployment.vmIds()) {
      const vm = deployment.vm(vmid);
      expect(vm).toMatchObject({ status: "running", isAgentUp: true, node: "pve1" });
      expect(vm.config).toMatchObject({ cores: "4", sockets: "1", memory: "8192", ciuser: "ubuntu" });
      expect(vm.config["net0"]).toMatch(/^virtio=BC:24:11:[0-9A-F:]{8},bridge=vmbr0,tag=14$/);
      expect(vm.disks).toMatchObject([{ key: "scsi0", sizeBytes: 20 * 2 ** 30, isBootable: true }]);
    }
    expect(await deployment.outputs()).toMatchObject({
      rancher_manager_ip: MANAGER_IPS,
      nprd_apps_cluster_ips: APPS_IPS,
      cluster_ips: { manager: MANAGER_IPS, nprd_apps: APPS_IPS },
      rancher_manager_url: "https://rancher.example.com",
    });

    const tasks = simulator.tasks();
    expect(tasks.filter(({ exitStatus }) => exitStatus !== "OK")).toEqual([]);
    const managerStarted = Math.max(
      ...tasks.filter(isStartOf([401, 402, 403])).map(({ endMs }) => endMs ?? Infinity),
    );
    const bootMs = (DEFAULT_TIMING_PROFILE.bootSeconds * 1000) / SPEED;
    for (const task of tasks.filter(isStartOf([404, 405, 406]))) {
      expect(task.startMs).toBeGreaterThanOrEqual(managerStarted + bootMs);
    }

    expect(await deployment.isSettled()).toBe(true);
    await deployment.terraform("destroy", "-auto-approve");
    expect(deployment.vmIds()).toEqual([]);
    expect(simulator.volumes()).toEqual(volumesBefore);
    expect(await deployment.outputs()).toEqual({});
  }, 60_000);

  test("hold the same values as an HCL configuration written after the old project", async () => {
    await deployment.synth();
    const synthesized = await plannedVms(deployment);
    await deployment.useHcl(HCL);
    const written = await plannedVms(deployment);

    expect(Object.keys(written)).toHaveLength(6);
    for (const [name, values] of Object.entries(written)) expect(synthesized[name]).toMatchObject(values);
  }, 60_000);

  test("leave the token's secret in no file", async () => {
    await deployment.synth();
    await deployment.apply();
    const { folder, simulator } = deployment.sandbox;
    const files = fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => path.join(folder, file))
      .filter((file) => fs.statSync(file).isFile());
    expect(files.some((file) => file.endsWith("cdk.tf.json"))).toBe(true);
    expect(files.some((file) => file.endsWith(".tfstate"))).toBe(true);
    const telling = files.filter((file) => fs.readFileSync(file, "utf8").includes(simulator.token.secret));
    expect(telling).toEqual([]);
  }, 60_000);
});

function isStartOf(vmids: readonly number[]): (task: { type: string; vmid: number }) => boolean {
  return ({ type, vmid }) => type === "qmstart" && vmids.includes(vmid);
}

/** Values that a plan gives the VMs, those that are not known yet left out, by VM name. */
async function plannedVms(deployment: Deployment): Promise<Record<string, Record<string, unknown>>> {
  await deployment.terraform("plan", "-input=false", "-out=plan");
  const shown = JSON.parse(await deployment.terraform("show", "-json", "plan")) as {
    resource_changes: { type: string; change: { after: Record<string, unknown> } }[];
  };
  return Object.fromEntries(
    shown.resource_changes
      .filter(({ type }) => type === "pve_qemu")
      .map(({ change }) => [
        String(change.after["name"]),
        Object.fromEntries(Object.entries(change.after).filter(([, value]) => value !== null)),
      ]),
  );
}
