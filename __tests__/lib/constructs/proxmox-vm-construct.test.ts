import { TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { Qemu } from "../../../.gen/providers/pve/qemu";
import { InvalidPropsError, ProxmoxVmConstruct } from "../../../lib";
import type { ProxmoxVmProps } from "../../../lib";
import { synthesize } from "./synthesized";

const least: ProxmoxVmProps = { vmId: 401, node: "pve1", templateId: 400 };

/** What `pve_qemu.web-1` is with these props. */
function rendered(props: Partial<ProxmoxVmProps>): Record<string, unknown> | undefined {
  const document = synthesize((stack) => new ProxmoxVmConstruct(stack, "web-1", { ...least, ...props }));
  expect(Object.keys(document.resource?.pve_qemu ?? {})).toEqual(["web-1"]);
  return document.resource?.pve_qemu?.["web-1"];
}

/** What someone is told about these props, the first line aside. */
function failures(props: Partial<ProxmoxVmProps>, id = "web-1"): string[] {
  try {
    synthesize((stack) => new ProxmoxVmConstruct(stack, id, { ...least, ...props }));
  } catch (error) {
    if (error instanceof InvalidPropsError) return [...error.failures];
    throw error;
  }
  return [];
}

describe("rendering", () => {
  test("the least is a clone that is started and waited for; all else is the template's", () => {
    expect(rendered({})).toEqual({
      vmid: 401,
      name: "web-1",
      node: "pve1",
      clone: 400,
      sockets: 1,
      agent: true,
      startup: true,
      wait_for: "agent",
    });
  });

  test("everything that can be set, in the words of the resource", () => {
    const props: Required<Omit<ProxmoxVmProps, "dependsOn" | "provider" | "terraformName">> = {
      vmId: 402,
      name: "web.lab.example",
      node: "pve2",
      templateId: 9000,
      cores: 8,
      sockets: 2,
      cpu: "host",
      memoryMiB: 16384,
      storage: "ceph-vm",
      diskGiB: 100,
      bridge: "vmbr1",
      vlanId: 14,
      mtu: 9000,
      ipv4Cidr: "10.1.0.20/24",
      gateway: "10.1.0.1",
      ipv6Cidr: "2001:db8::20/64",
      gateway6: "fe80::1",
      furtherInterfaces: [
        { bridge: "vmbr2", vlanId: 40, mtu: 1500, ipv4Cidr: "10.40.0.20/24" },
        { bridge: "vmbr3" },
      ],
      extraDisks: { scsi1: { storage: "ceph-vm", sizeGiB: 200 }, scsi13: { storage: "local", sizeGiB: 1 } },
      dnsServers: ["10.1.0.2", "2001:db8::53"],
      searchDomain: "lab.example",
      user: "ubuntu",
      sshPublicKeys: ["ssh-ed25519 AAAAC3Nz a@b", "ssh-rsa AAAAB3Nz"],
      agent: true,
      started: false,
      waitFor: "none",
      onBoot: true,
      tags: ["k3s", "rancher"],
      description: "A web server",
      pool: "rancher",
      createTimeoutSeconds: 600,
      updateTimeoutSeconds: 300,
      deleteTimeoutSeconds: 120,
    };
    expect(rendered(props)).toEqual({
      vmid: 402,
      name: "web.lab.example",
      node: "pve2",
      clone: 9000,
      cores: 8,
      sockets: 2,
      cpu: "host",
      memory: 16384,
      scsi0: "ceph-vm:100",
      scsi1: "ceph-vm:200",
      scsi13: "local:1",
      net0: "virtio,bridge=vmbr1,tag=14,mtu=9000",
      ipconfig0: "ip=10.1.0.20/24,gw=10.1.0.1,ip6=2001:db8::20/64,gw6=fe80::1",
      net1: "virtio,bridge=vmbr2,tag=40,mtu=1500",
      ipconfig1: "ip=10.40.0.20/24",
      net2: "virtio,bridge=vmbr3",
      nameserver: "10.1.0.2 2001:db8::53",
      searchdomain: "lab.example",
      ciuser: "ubuntu",
      sshkeys: "ssh-ed25519 AAAAC3Nz a@b\nssh-rsa AAAAB3Nz",
      agent: true,
      startup: false,
      wait_for: "none",
      onboot: true,
      tags: ["k3s", "rancher"],
      description: "A web server",
      pool: "rancher",
      timeouts: { create: "600s", update: "300s", delete: "120s" },
    });
  });

  test("without a VLAN nothing is tagged", () => {
    expect(rendered({ bridge: "vmbr0" })?.net0).toBe("virtio,bridge=vmbr0");
  });

  test("an address from DHCP has no gateway", () => {
    expect(rendered({ ipv4Cidr: "dhcp" })?.ipconfig0).toBe("ip=dhcp");
  });

  test.each(["auto", "dhcp", "2001:db8::20/64"])("an IPv6 address may be the only one: %s", (ipv6Cidr) => {
    expect(rendered({ ipv6Cidr })?.ipconfig0).toBe(`ip6=${ipv6Cidr}`);
  });

  test("eight interfaces and fourteen disks are what a VM can have", () => {
    const vm = rendered({
      furtherInterfaces: Array.from({ length: 7 }, (_, index) => ({ bridge: `vmbr${index + 1}` })),
      extraDisks: Object.fromEntries(
        Array.from({ length: 13 }, (_, index) => [`scsi${index + 1}`, { storage: "ceph", sizeGiB: 8 }]),
      ),
    });
    expect(vm).toMatchObject({ net1: "virtio,bridge=vmbr1", net7: "virtio,bridge=vmbr7" });
    expect(vm).toMatchObject({ scsi1: "ceph:8", scsi13: "ceph:8" });
  });

  test("without the agent nothing is waited for", () => {
    expect(rendered({ agent: false })).toMatchObject({ agent: false, wait_for: "none" });
  });

  test("only the timeouts that are given are set", () => {
    expect(rendered({ createTimeoutSeconds: 90 })?.timeouts).toEqual({ create: "90s" });
  });

  test("values that only Terraform will know are passed on unchecked, lists joined by Terraform", () => {
    const document = synthesize((stack) => {
      const id = new TerraformVariable(stack, "id", { type: "number" });
      const keys = new TerraformVariable(stack, "keys", { type: "list(string)" });
      new ProxmoxVmConstruct(stack, "web-1", {
        ...least,
        vmId: id.numberValue,
        templateId: Token.asNumber("${var.template}"),
        ipv4Cidr: Token.asString("${var.address}"),
        gateway: "10.1.0.1",
        ipv6Cidr: Token.asString("${var.address6}"),
        furtherInterfaces: [{ bridge: Token.asString("${var.bridge}"), vlanId: id.numberValue }],
        extraDisks: { scsi1: { storage: Token.asString("${var.storage}"), sizeGiB: id.numberValue } },
        sshPublicKeys: keys.listValue,
        tags: [Token.asString("${var.tag}")],
      });
    });
    expect(document.resource?.pve_qemu?.["web-1"]).toMatchObject({
      vmid: "${var.id}",
      clone: "${var.template}",
      ipconfig0: "ip=${var.address},gw=10.1.0.1,ip6=${var.address6}",
      net1: "virtio,bridge=${var.bridge},tag=${var.id}",
      scsi1: "${var.storage}:${var.id}",
      sshkeys: '${join("\\n", var.keys)}',
      tags: ["${var.tag}"],
    });
  });

  test("its attributes can be used elsewhere, and its resource be changed", () => {
    const document = synthesize((stack) => {
      const vm = new ProxmoxVmConstruct(stack, "web-1", least);
      vm.resource.addOverride("lifecycle", { prevent_destroy: true });
      new ProxmoxVmConstruct(stack, "web-2", {
        ...least,
        vmId: 402,
        description: `beside ${vm.ipv4Address}, ${vm.ipv6Address} (${vm.vmResourceId})`,
        dependsOn: [vm.resource],
      });
    });
    const vms = document.resource?.pve_qemu;
    expect(vms?.["web-1"]?.lifecycle).toEqual({ prevent_destroy: true });
    expect(vms?.["web-2"]).toMatchObject({
      description:
        "beside ${pve_qemu.web-1.ipv4_address}, ${pve_qemu.web-1.ipv6_address} (${pve_qemu.web-1.id})",
      depends_on: ["pve_qemu.web-1"],
    });
  });
});

describe("the Terraform address", () => {
  test("is the construct id, wherever the construct is in the tree", () => {
    const document = synthesize((stack) => {
      const deep = new Construct(new Construct(stack, "some"), "where");
      new ProxmoxVmConstruct(deep, "web-1", least);
      new ProxmoxVmConstruct(stack, "web-2", { ...least, vmId: 402, terraformName: "second" });
    });
    expect(Object.keys(document.resource?.pve_qemu ?? {})).toEqual(["second", "web-1"]);
  });

  test("is refused a second time: Terraform would get one VM for two", () => {
    const two = (): unknown =>
      synthesize((stack) => {
        new ProxmoxVmConstruct(new Construct(stack, "a"), "web-1", least);
        new ProxmoxVmConstruct(new Construct(stack, "b"), "web-1", { ...least, vmId: 402 });
      });
    expect(two).toThrow(
      "The props of stack/b/web-1/vm cannot be used:\n" +
        "  the Terraform address pve_qemu.web-1 is that of stack/a/web-1/vm already: choose another id",
    );
  });

  test.each(["1web", "web.1", "web 1", "-web"])("%s cannot be one", (terraformName) => {
    expect(failures({ terraformName })).toEqual([
      `the Terraform name must begin with a letter or '_' and hold letters, digits, '-' and '_' only, got "${terraformName}"`,
    ]);
  });

  test("of two stacks may be the same", () => {
    const names = ["one", "two"].map(() => rendered({})?.name);
    expect(names).toEqual(["web-1", "web-1"]);
  });
});

describe("props that cannot be used", () => {
  test("are all told in one error, which names the construct", () => {
    const make = (): unknown =>
      synthesize(
        (stack) => new ProxmoxVmConstruct(stack, "web-1", { ...least, vmId: 99, cores: 0, node: "pve_1" }),
      );
    expect(make).toThrow(
      "The props of stack/web-1 cannot be used:\n" +
        "  'vmId' must be a whole number from 100 to 999999999, got 99\n" +
        "  'node' must be the name of a Proxmox host: at most 63 letters, digits and inner hyphens, got \"pve_1\"\n" +
        "  'cores' must be a whole number from 1 to 1024, got 0",
    );
  });

  test.each<[Partial<ProxmoxVmProps>, string]>([
    [{ templateId: 1e9 }, "'templateId' must be a whole number from 100 to 999999999, got 1000000000"],
    [{ templateId: 401 }, "'vmId' must not be 'templateId', got 401 for both"],
    [{ sockets: 5 }, "'sockets' must be a whole number from 1 to 4, got 5"],
    [{ memoryMiB: 8 }, "'memoryMiB' must be a whole number from 16 to 4194304, got 8"],
    [{ diskGiB: 20 }, "'storage' and 'diskGiB' go together"],
    [{ storage: "local" }, "'storage' and 'diskGiB' go together"],
    [{ storage: "local", diskGiB: 0.5 }, "'diskGiB' must be a whole number from 1 to 65536, got 0.5"],
    [{ storage: "local:20", diskGiB: 20 }, "'storage' must be the name of a Proxmox storage: letters"],
    [{ bridge: "vmbr0,tag=3" }, "'bridge' must be the name of a bridge: letters"],
    [{ bridge: "vmbr0", vlanId: 4095 }, "'vlanId' must be a whole number from 1 to 4094, got 4095"],
    [{ vlanId: 14 }, "'vlanId' needs 'bridge'"],
    [{ mtu: 1500 }, "'mtu' needs 'bridge'"],
    [{ bridge: "vmbr0", mtu: 575 }, "'mtu' must be a whole number from 576 to 65520, got 575"],
    [{ ipv4Cidr: "10.1.0.20" }, "'ipv4Cidr' must be an IPv4 address with its prefix length"],
    [{ ipv4Cidr: "10.1.0.20/0" }, "'ipv4Cidr' must be an IPv4 address with its prefix length"],
    [
      { ipv4Cidr: "10.1.0.20/24", gateway: "10.1.1.1" },
      "'ipv4Cidr' must be in one network with 'gateway' (10.1.1.1)",
    ],
    [{ ipv4Cidr: "10.1.0.1/24", gateway: "10.1.0.1" }, "'ipv4Cidr' must be another address than 'gateway'"],
    [{ ipv4Cidr: "dhcp", gateway: "10.1.0.1" }, "'ipv4Cidr' must be an address where 'gateway' is given"],
    [{ ipv4Cidr: "10.1.0.20/24", gateway: "router" }, "'gateway' must be a host's IPv4 address"],
    [{ gateway: "10.1.0.1" }, "'gateway' needs 'ipv4Cidr'"],
    [{ ipv6Cidr: "2001:db8::20" }, "'ipv6Cidr' must be an IPv6 address with its prefix length"],
    [{ ipv6Cidr: "10.1.0.20/24" }, "'ipv6Cidr' must be an IPv6 address with its prefix length"],
    [{ ipv6Cidr: "2001:db8::20/129" }, "'ipv6Cidr' must be an IPv6 address with its prefix length"],
    [{ ipv6Cidr: "ff02::1/64" }, "'ipv6Cidr' must be an IPv6 address with its prefix length"],
    [
      { ipv6Cidr: "2001:db8::20/64", gateway6: "2001:db8:1::1" },
      "'ipv6Cidr' must be in one network with 'gateway6' (2001:db8:1::1)",
    ],
    [
      { ipv6Cidr: "2001:db8::1/64", gateway6: "2001:db8:0::1" },
      "'ipv6Cidr' must be another address than 'gateway6'",
    ],
    [{ ipv6Cidr: "auto", gateway6: "fe80::1" }, "'ipv6Cidr' must be an address where 'gateway6' is given"],
    [{ ipv6Cidr: "2001:db8::20/64", gateway6: "router" }, "'gateway6' must be a host's IPv6 address"],
    [{ gateway6: "fe80::1" }, "'gateway6' needs 'ipv6Cidr'"],
    [
      { furtherInterfaces: [{ bridge: "vmbr1" }, { bridge: "vmbr 2" }] },
      "'furtherInterfaces[1].bridge' must be the name of a bridge",
    ],
    [
      { furtherInterfaces: [{ bridge: "vmbr1", ipv4Cidr: "10.2.0.300/24" }] },
      "'furtherInterfaces[0].ipv4Cidr' must be an IPv4 address with its prefix length",
    ],
    [
      { furtherInterfaces: Array.from({ length: 8 }, () => ({ bridge: "vmbr1" })) },
      "'furtherInterfaces' must hold at most 7 interfaces, got 8",
    ],
    [
      { extraDisks: { scsi0: { storage: "ceph", sizeGiB: 8 } } },
      "'extraDisks' must have devices from scsi1 to scsi13 for its keys, got \"scsi0\"",
    ],
    [
      { extraDisks: { scsi14: { storage: "ceph", sizeGiB: 8 } } },
      "'extraDisks' must have devices from scsi1 to scsi13 for its keys, got \"scsi14\"",
    ],
    [
      { extraDisks: { scsi1: { storage: "ceph", sizeGiB: 0 } } },
      "'extraDisks.scsi1.sizeGiB' must be a whole number from 1 to 65536, got 0",
    ],
    [
      { extraDisks: { scsi2: { storage: "ceph:8", sizeGiB: 8 } } },
      "'extraDisks.scsi2.storage' must be the name of a Proxmox storage",
    ],
    [
      { dnsServers: ["10.1.0.2", "dns"] },
      "'dnsServers[1]' must be the IP address of a host, such as 192.168.1.1 or 2001:db8::53, got \"dns\"",
    ],
    [
      { user: "a b" },
      "'user' must be a user name: at most 32 letters, digits, '_', '-', '.' and '@', the first a letter or '_', got \"a b\"",
    ],
    [{ sshPublicKeys: ["ssh-ed25519 AAAA", "AAAA"] }, "'sshPublicKeys[1]' must be one OpenSSH public key"],
    [{ tags: ["a;b"] }, "'tags[0]' must be a tag"],
    [{ description: "x".repeat(8001) }, "'description' must be at most 8000 characters long"],
    [{ createTimeoutSeconds: 0 }, "'createTimeoutSeconds' must be a whole number from 1 to 86400, got 0"],
    [{ agent: false, waitFor: "agent" }, "'waitFor' must not be \"agent\" where 'agent' is false"],
    [{ name: "web_1" }, "'name' must be a DNS name"],
  ])("%j", (props, told) => {
    expect(failures(props)).toEqual([expect.stringContaining(told)]);
  });

  test("an id that is no DNS name needs a name", () => {
    expect(failures({}, "web_1")).toEqual([expect.stringContaining("'name' must be a DNS name")]);
    expect(failures({ name: "web-1" }, "web_1")).toEqual([]);
  });

  test("a private key given for a public one is not repeated in the error", () => {
    const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n-----END OPENSSH PRIVATE KEY-----";
    expect(failures({ sshPublicKeys: [key] }).join()).not.toContain("secret");
  });
});

test("the resource is a pve_qemu of the generated bindings", () => {
  synthesize((stack) => {
    expect(new ProxmoxVmConstruct(stack, "web-1", least).resource).toBeInstanceOf(Qemu);
  });
});
