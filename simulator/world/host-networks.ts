/** A network interface of a host, with the settings that `/etc/network/interfaces` has of it. */
export interface HostInterface {
  readonly name: string;
  /** `bridge`, `bond`, `vlan`, … */
  readonly type: string;
  readonly settings: Readonly<Record<string, string | number | readonly string[]>>;
}

/** The network interfaces of one host: those in force, and those that the next reload puts in their place. */
export class HostNetwork {
  #active: ReadonlyMap<string, HostInterface>;
  #planned: ReadonlyMap<string, HostInterface> | undefined;

  constructor(interfaces: readonly HostInterface[]) {
    this.#active = byName(interfaces);
  }

  /** What the configuration file says, changes that wait included. */
  interfaces(): HostInterface[] {
    return [...(this.#planned ?? this.#active).values()];
  }

  /** Whether an interface is in force. */
  isActive(name: string): boolean {
    return this.#active.has(name);
  }

  /** A bridge to which VMs can be connected, or undefined. */
  bridge(name: string): HostInterface | undefined {
    const found = this.#active.get(name);
    return found?.type === "bridge" ? found : undefined;
  }

  /** Plans one more interface. */
  plan(added: HostInterface): void {
    this.#planned = byName([...this.interfaces(), added]);
  }

  /** Forgets what is planned. */
  discardPlan(): void {
    this.#planned = undefined;
  }

  /** Puts what is planned into force. */
  reload(): void {
    this.#active = this.#planned ?? this.#active;
    this.#planned = undefined;
  }
}

/** The networks of all hosts. */
export class HostNetworks {
  readonly #byNode: ReadonlyMap<string, HostNetwork>;

  /**
   * Gives every host the same bridges: the first has the host's address, and each a network card of its own.
   *
   * @param withoutPort the bridges that have no card
   */
  constructor(nodes: readonly string[], bridges: readonly string[], withoutPort: readonly string[]) {
    this.#byNode = new Map(
      nodes.map((node, index) => [
        node,
        new HostNetwork(
          bridges.flatMap((name, place) => {
            const port = withoutPort.includes(name) ? "" : `eno${place + 1}`;
            const made = bridge(name, port, place === 0 ? hostAddress(index) : undefined);
            return port === "" ? [made] : [card(port), made];
          }),
        ),
      ]),
    );
  }

  /** The network of a host; an unknown one has none. */
  of(node: string): HostNetwork {
    return this.#byNode.get(node) ?? new HostNetwork([]);
  }
}

/** The address of the n-th host, counted from 0, in TEST-NET-1, which no real network has. */
export function hostAddress(index: number): string {
  return `192.0.2.${index + 1}`;
}

function card(name: string): HostInterface {
  return {
    name,
    type: "eth",
    settings: { exists: 1, method: "manual", method6: "manual", families: ["inet"] },
  };
}

function bridge(name: string, port: string, address: string | undefined): HostInterface {
  return {
    name,
    type: "bridge",
    settings: {
      autostart: 1,
      bridge_ports: port,
      method: address === undefined ? "manual" : "static",
      method6: "manual",
      families: ["inet"],
      ...(address !== undefined && { address, netmask: "24", cidr: `${address}/24` }),
    },
  };
}

function byName(interfaces: readonly HostInterface[]): Map<string, HostInterface> {
  return new Map(interfaces.map((each) => [each.name, each]));
}
