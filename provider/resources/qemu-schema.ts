import { matching, oneOf, wholeNumber } from "../plugin/checks";
import type { Attribute, Schema } from "../plugin/schema";
import type { Value } from "../plugin/value";
import { DNS_NAME, NODE_NAME, POOL_NAME } from "../proxmox/names";
import { parsePropertyString, sameProperties, type Properties } from "../proxmox/property-string";
import { splitSshKeys } from "../proxmox/ssh-keys";
import { normalizeTags } from "../proxmox/tags";
import { inherited, sameText } from "./inherited";
import * as check from "./qemu-checks";
import { ADDRESS_ATTRIBUTES, DISK_ATTRIBUTES, NETWORK_ATTRIBUTES } from "./qemu-device-schema";
import { DESCRIPTION_LIMIT } from "../session/mark";
import { showValue } from "../plugin/object-values";

/** How long an operation may take where `timeouts` does not say. */
export const DEFAULT_TIMEOUTS = { create: "30m", update: "15m", delete: "10m" } as const;

function parseCpu(value: Value): Properties {
  return parsePropertyString(showValue(value), "cputype");
}

/** `pve_qemu`: one QEMU virtual machine, cloned from a template. */
export const QEMU_SCHEMA: Schema = {
  version: 0,
  block: {
    description:
      "A QEMU virtual machine on Proxmox VE, cloned in full from a template and set up by cloud-init. " +
      "An attribute that is left out stays as the template has it.",
    attributes: {
      id: {
        type: "string",
        computed: true,
        description: "Where the VM is: `node/vmid`, such as `pve1/401`. Also what `terraform import` takes.",
      },
      vmid: {
        type: "number",
        required: true,
        requiresReplace: true,
        validate: wholeNumber(100, 999_999_999),
        description: "VM id, unique in the Proxmox cluster, containers included.",
      },
      name: {
        type: "string",
        required: true,
        validate: matching(...DNS_NAME),
        description: "Name of the VM: a DNS name. Its first label becomes the guest's hostname.",
      },
      node: {
        type: "string",
        required: true,
        validate: matching(...NODE_NAME),
        description:
          "Proxmox node to make the VM on. A change replaces the VM, unless it already runs on the new node. " +
          "A VM that Proxmox moved elsewhere is followed, not replaced.",
      },
      clone: {
        type: "number",
        optional: true,
        validate: wholeNumber(100, 999_999_999),
        description:
          "VM id of the template to clone (a VM that is stopped does too). Needed to create a VM. Proxmox does not report it, so an imported VM " +
          "has none and takes it from the configuration without being touched. Any other change replaces the VM, except one that comes " +
          "together with a `node` that the VM was migrated to: that is taken to be the same template on another node.",
      },
      cores: inherited({
        type: "number",
        validate: wholeNumber(1, 8192),
        description: "CPU cores per socket. A running VM takes a change up at its next start.",
      }),
      sockets: inherited({
        type: "number",
        validate: wholeNumber(1, 8192),
        description: "CPU sockets. A running VM takes a change up at its next start.",
      }),
      cpu: inherited({
        type: "string",
        validate: check.checkCpu,
        equivalent: (prior, configured) => sameProperties(parseCpu(prior), parseCpu(configured)),
        description:
          "CPU type, such as `host` or `x86-64-v2-AES`, with flags if need be: `host,flags=+aes;+pcid`.",
      }),
      memory: inherited({
        type: "number",
        validate: wholeNumber(16, 16_777_216, " MiB"),
        description: "Memory in MiB. A running VM takes a change up at its next start.",
      }),
      ...NETWORK_ATTRIBUTES,
      ...DISK_ATTRIBUTES,
      ciuser: inherited({
        type: "string",
        validate: check.checkUserName,
        description: "User that cloud-init makes.",
      }),
      sshkeys: inherited({
        type: "string",
        validate: check.checkSshKeys,
        equivalent: sameText(splitSshKeys),
        description: "OpenSSH public keys of that user, one a line.",
      }),
      ...ADDRESS_ATTRIBUTES,
      nameserver: inherited({
        type: "string",
        validate: check.checkNameservers,
        equivalent: sameText((text) => text.split(/[\s,;]+/).filter((entry) => entry !== "")),
        description: "Resolvers, separated by spaces.",
      }),
      searchdomain: inherited({
        type: "string",
        validate: check.checkSearchDomains,
        equivalent: sameText((text) => text.trim().split(/\s+/)),
        description: "DNS search domains, separated by spaces.",
      }),
      agent: inherited({
        type: "bool",
        description: "Whether Proxmox talks to the QEMU guest agent in the VM.",
      }),
      onboot: inherited({
        type: "bool",
        description: "Whether the VM starts with its Proxmox node.",
      }),
      tags: inherited({
        type: { set: "string" },
        validate: check.checkTags,
        equivalent: (prior, configured) =>
          normalizeTags(prior as string[]).join() === normalizeTags(configured as string[]).join(),
        description: "Tags. Proxmox keeps them in lower case; upper case is not seen as a change.",
      }),
      description: inherited({
        type: "string",
        validate: matching(
          new RegExp(`^$|^(?=[^]*\\S)[^]{0,${DESCRIPTION_LIMIT}}$`),
          `at most ${DESCRIPTION_LIMIT} characters, or "" for none`,
        ),
        equivalent: sameText((text) => text.trimEnd()),
        description: "Notes shown in Proxmox's web interface. Empty clears them.",
      }),
      pool: {
        type: "string",
        optional: true,
        validate: matching(...POOL_NAME),
        description: "Proxmox resource pool to put the VM into; it must exist.",
      },
      startup: {
        type: "bool",
        default: true,
        description:
          "Whether the VM is started, and started again by the next apply when it is found stopped. `false` leaves " +
          "its power state alone.",
      },
      wait_for: {
        type: "string",
        default: "agent",
        validate: oneOf("none", "agent"),
        description:
          "What a started VM is waited for: `agent`, until the guest agent reports the address of `ipconfig0` (the IPv6 " +
          "address where it has no IPv4, any address of the first card with DHCP), or `none`. Without `startup` " +
          "nothing is waited for.",
      },
      agent_timeout: {
        type: "string",
        default: "3m",
        validate: check.checkDuration,
        description:
          "How long a started VM's guest agent is waited for before that fails, such as `90s`. A VM is up long before; " +
          "this is how soon a missing agent is told.",
      },
      reboot_on_change: {
        type: "bool",
        default: false,
        description:
          "Whether a running VM is rebooted when a change needs it: the guest is asked to shut down and started " +
          "again. `false` leaves such changes waiting, with a warning.",
      },
      shutdown_timeout: {
        type: "string",
        optional: true,
        validate: check.checkDuration,
        description:
          "How long the guest may take to shut down, such as `2m`, before it is stopped the hard way on delete, or " +
          "before a reboot fails. Where it is left out a delete stops the VM at once, and a reboot gives it 60 s.",
      },
      smbios_uuid: {
        type: "string",
        computed: true,
        description:
          "UUID of the VM (`smbios1`), by which it is told from another VM that was given its id. Clones get one of " +
          "their own; migration and restore keep it.",
      },
      reboot_pending: {
        type: "bool",
        computed: true,
        description: "Whether Proxmox holds changes that the running VM takes up only at its next start.",
      },
      ipv4_address: {
        type: "string",
        computed: true,
        description:
          "IPv4 address without prefix: the one of `ipconfig0`, or with DHCP what the guest agent reported.",
      },
      ipv6_address: {
        type: "string",
        computed: true,
        description:
          "IPv6 address without prefix: the one of `ipconfig0`, or with `ip6=dhcp` and `ip6=auto` what the guest agent " +
          "reported of the first card; never a link-local one.",
      },
    },
    blocks: {
      timeouts: {
        nesting: "single",
        block: {
          description: "How long operations may take before they fail.",
          attributes: Object.fromEntries(
            Object.entries(DEFAULT_TIMEOUTS).map(([operation, limit]): [string, Attribute] => [
              operation,
              {
                type: "string",
                optional: true,
                validate: check.checkDuration,
                description: `Limit for ${operation}, such as \`90s\` or \`10m\`; ${limit} where it is left out.`,
              },
            ]),
          ),
        },
      },
    },
  },
};
