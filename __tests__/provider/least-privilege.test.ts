import type { Logger } from "../../provider/logger";
import type { Diagnostic } from "../../provider/plugin/diagnostic";
import { planBlock } from "../../provider/plugin/plan";
import type { Context } from "../../provider/plugin/provider";
import { emptyObject } from "../../provider/plugin/schema";
import type { ObjectValue } from "../../provider/plugin/value";
import { ApiClient } from "../../provider/proxmox/api-client";
import { Proxmox } from "../../provider/session/proxmox";
import { QEMU } from "../../provider/resources/qemu";
import { QEMU_SCHEMA } from "../../provider/resources/qemu-schema";
import { type ApiToken, type Simulator, startSimulator } from "../../simulator";
import { documentedCommands, pveum } from "../support/pveum";

const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

const ROLES_AND_USER = documentedCommands("Roles, a user and its token");
const ON_POOL = documentedCommands("Of one pool");
const ON_CLUSTER = documentedCommands("Of the whole cluster");
const ON_THE_FIRST = documentedCommands("Rights on what VMs are made of");
/** The lines that are to be repeated for another storage and another bridge. */
const ON_ANOTHER = ON_THE_FIRST.filter((line) => !line.includes("/vms/")).map((line) =>
  line.replace("local-vm-zfs", "data").replace("vmbr0", "vmbr1"),
);
const ON_THE_REST = [...ON_THE_FIRST, ...ON_ANOTHER];

/** A VM of the reference with a card and disks more, in a pool or in none. */
function reference(pool: string | null): ObjectValue {
  return {
    ...emptyObject(QEMU_SCHEMA.block),
    vmid: 401,
    name: "rancher-manager-1",
    node: "pve1",
    clone: 400,
    cores: 4,
    sockets: 1,
    memory: 8192,
    net0: "virtio,bridge=vmbr0,tag=14",
    net1: "virtio,bridge=vmbr0,tag=20",
    scsi0: "local-vm-zfs:20",
    scsi1: "local-vm-zfs:5",
    scsi2: "local-vm-zfs:5",
    ciuser: "ubuntu",
    sshkeys: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm3ZIMGdYHnTtHhGDoZIWYxsgm5RZGPRhBVkHCzmn2p ops",
    ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1",
    ipconfig1: "ip=10.20.0.100/16",
    nameserver: "192.168.1.1 192.168.1.2",
    searchdomain: "example.com",
    tags: ["k3s", "rancher"],
    description: "made by Terraform",
    agent: true,
    onboot: true,
    startup: true,
    reboot_on_change: true,
    pool,
  };
}

/** What a later apply changes: all that the reference sets, disks that grow, one that goes, and one that comes. */
const CHANGES: ObjectValue = {
  name: "rancher-manager-one",
  cores: 8,
  memory: 16384,
  net0: "virtio,bridge=vmbr0,tag=15",
  net1: "virtio,bridge=vmbr0,tag=21",
  net2: "virtio,bridge=vmbr1",
  scsi0: "local-vm-zfs:30",
  scsi1: "local-vm-zfs:6",
  scsi2: "",
  scsi3: "data:1",
  nameserver: "192.168.1.1",
  tags: ["k3s"],
  description: "",
  onboot: false,
};

/** The life of a VM as Terraform has it; ends at the first thing that goes wrong. */
async function live(run: Context<Proxmox>, pool: string | null): Promise<readonly Diagnostic[]> {
  const config = reference(pool);
  const created = await QEMU.create({ planned: planBlock(QEMU_SCHEMA.block, null, config), config }, run);
  await run.client.unconfirmed.confirmAll();
  if (created.state === null || (created.diagnostics ?? []).length > 0) return created.diagnostics ?? [];
  const read = await QEMU.read({ state: created.state }, run);
  if (read.state === null || (read.diagnostics ?? []).length > 0) return read.diagnostics ?? [];
  expect(read.state).toEqual(created.state);
  const changed = { ...config, ...CHANGES };
  const planned = planBlock(QEMU_SCHEMA.block, read.state, changed);
  const updated = await QEMU.update({ prior: read.state, planned, config: changed }, run);
  if (updated.state === null || (updated.diagnostics ?? []).length > 0) return updated.diagnostics ?? [];
  return QEMU.delete({ state: updated.state }, run);
}

/** Runs commands on a new Proxmox as root, then a VM's life with the token that they make. */
async function liveWith(
  commands: readonly string[],
  pool: string | null,
): Promise<{ diagnostics: readonly Diagnostic[]; simulator: Simulator }> {
  const simulator = await startSimulator({
    speed: 500,
    token: { user: "root@pam", tokenId: "setup" },
    storages: ["local-vm-zfs", "data"].map((id) => ({ id, type: "zfspool", sizeGiB: 500 })),
    bridges: ["vmbr0", "vmbr1"],
  });
  const root = clientOf(simulator, simulator.token);
  let secret = "";
  try {
    for (const command of commands) secret = (await pveum(root, command)) ?? secret;
  } finally {
    root.close();
  }
  const client = clientOf(simulator, { user: "terraform@pve", tokenId: "provider", secret });
  try {
    const run = {
      client: new Proxmox(client, LOGGER),
      logger: LOGGER,
      stopping: new AbortController().signal,
    };
    return { diagnostics: await live(run, pool), simulator };
  } finally {
    client.close();
    await simulator.close();
  }
}

function clientOf({ url, caCertificatePem }: Simulator, { user, tokenId, secret }: ApiToken): ApiClient {
  return new ApiClient({
    endpoint: new URL(`${url}/api2/json`),
    tokenId: `${user}!${tokenId}`,
    tokenSecret: secret,
    caCertificates: caCertificatePem,
    logger: LOGGER,
  });
}

const IN_POOL = [...ROLES_AND_USER, ...ON_POOL, ...ON_THE_REST];

test.each([
  ["of one pool", IN_POOL, "rancher"],
  ["of the whole cluster", [...ROLES_AND_USER, ...ON_CLUSTER, ...ON_THE_REST], null],
])("the documented rights on the VMs %s suffice for a VM's life", async (_which, commands, pool) => {
  const { diagnostics, simulator } = await liveWith(commands, pool);
  expect(diagnostics).toEqual([]);
  expect(simulator.vms().map(({ vmid }) => vmid)).toEqual([400]);
  const types = simulator.tasks().map(({ type, exitStatus }) => `${type} ${exitStatus ?? ""}`);
  expect(new Set(types)).toEqual(
    new Set([
      "qmclone OK",
      "qmconfig OK",
      "resize OK",
      "qmstart OK",
      "qmreboot OK",
      "qmstop OK",
      "qmdestroy OK",
    ]),
  );
});

/** The privileges of the roles that the documentation makes, and of the built-in one that it uses. */
const PRIVILEGES = [
  ...ROLES_AND_USER.flatMap((command) => {
    const [, role = "", list = ""] = /^pveum role add (\S+) --privs "([^"]+)"$/.exec(command) ?? [];
    return list.split(" ").map((privilege): [string, string] => [role, privilege]);
  }).filter(([role]) => role !== ""),
  ["PVETemplateUser", "VM.Clone"],
  ["PVETemplateUser", "VM.Audit"],
] as [string, string][];

/** The commands with one privilege less in one role; the built-in one is replaced by one of the other privilege. */
function without(role: string, privilege: string): string[] {
  if (role === "PVETemplateUser") {
    const other = privilege === "VM.Clone" ? "VM.Audit" : "VM.Clone";
    return [`pveum role add Less --privs "${other}"`, ...IN_POOL.map((line) => line.replace(role, "Less"))];
  }
  return IN_POOL.map((line) =>
    line.startsWith(`pveum role add ${role} `)
      ? line.replace(new RegExp(` ?${privilege}(?=[ "])`), "")
      : line,
  );
}

test.each(PRIVILEGES)("without %s's %s it is refused, by name", async (role, privilege) => {
  const { diagnostics } = await liveWith(without(role, privilege), "rancher");
  const [first] = diagnostics;
  expect(first?.severity).toBe("error");
  expect(first?.detail).toContain("Permission check failed");
  expect(first?.detail).toContain(privilege);
});

test.each([
  ["/storage/data", "Datastore.AllocateSpace"],
  ["/sdn/zones/localnetwork/vmbr1", "SDN.Use"],
])("without the line for %s it is refused, by name", async (path, privilege) => {
  const { diagnostics } = await liveWith(
    IN_POOL.filter((line) => !line.includes(path)),
    "rancher",
  );
  expect(diagnostics[0]?.detail).toContain(`Permission check failed (${path}, ${privilege})`);
});

test.each([["--users terraform@pve"], ["--tokens 'terraform@pve!provider'"]])(
  "with privilege separation %s is needed too",
  async (holder) => {
    const commands = IN_POOL.map((line) => line.replace(` ${holder}`, ""));
    const [first] = (await liveWith(commands, "rancher")).diagnostics;
    expect(first?.detail).toContain("Permission check failed");
  },
);

test("for Proxmox VE 8 the role differs in the privilege for the agent alone", () => {
  const [forNine = ""] = ROLES_AND_USER;
  const [forEight = ""] = documentedCommands("Proxmox VE 8");
  const privileges = (command: string): string[] =>
    command
      .replace(/^.*"(.*)"$/, "$1")
      .replace("VM.Monitor", "VM.GuestAgent.Audit")
      .split(" ")
      .sort();
  expect(forEight).toContain("VM.Monitor");
  expect(privileges(forEight)).toEqual(privileges(forNine));
});
