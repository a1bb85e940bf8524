/**
 * What a server makes up: task ids, digests, identities, MAC addresses of its own prefix, hashed
 * passwords, fingerprints, tickets.
 */
const GENERATED = new RegExp(
  [
    String.raw`\b[0-9A-F]{2}(?::[0-9A-F]{2}){31}\b`,
    String.raw`PVE:[^:\s]+:[0-9A-F]{8}::[A-Za-z0-9+/=]+`,
    String.raw`\b[0-9A-F]{8}:[A-Za-z0-9+/]{43}\b`,
    String.raw`UPID:[^:]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:]+:[^:]*:[^:\s]+:`,
    String.raw`\b[0-9a-f]{40}\b`,
    String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
    String.raw`\bBC:24:11(?::[0-9A-F]{2}){3}\b`,
    String.raw`\bbc:24:11(?::[0-9a-f]{2}){3}\b`,
    String.raw`\$5\$[^$\s]+\$[^\s]+`,
  ].join("|"),
  "g",
);

/**
 * Pairs what the genuine server made up with what the simulator made up in its place. A pair holds for a whole
 * recording: where one side repeats a value, the other must.
 */
export class Bindings {
  readonly #simulated = new Map<string, string>();
  readonly #recorded = new Map<string, string>();

  /** Whether two texts differ in made-up values only, and in agreement with all pairs so far. */
  bind(recorded: string, simulated: string): boolean {
    if (skeleton(recorded) !== skeleton(simulated)) return false;
    const made = simulated.match(GENERATED) ?? [];
    return (recorded.match(GENERATED) ?? []).every((value, index) => this.#pair(value, made[index] ?? ""));
  }

  /** What stands for a recorded value in the simulator; itself where nothing does. */
  simulated(recorded: string): string {
    return this.#simulated.get(recorded) ?? recorded;
  }

  /** Recorded values with what stands for them. */
  pairs(): IterableIterator<[string, string]> {
    return this.#simulated.entries();
  }

  /** Whether something stands for a recorded value. */
  knows(recorded: string): boolean {
    return this.#simulated.has(recorded);
  }

  #pair(recorded: string, simulated: string): boolean {
    if (recorded === simulated) return true;
    // Whether two tickets differ depends on the second in which each was made.
    if (kindOf(recorded) === "ticket") {
      this.#simulated.set(recorded, simulated);
      return true;
    }
    if (!this.#simulated.has(recorded) && !this.#recorded.has(simulated)) {
      this.#simulated.set(recorded, simulated);
      this.#recorded.set(simulated, recorded);
      if (recorded.startsWith("BC:24:11")) this.#pair(recorded.toLowerCase(), simulated.toLowerCase());
    }
    return this.#simulated.get(recorded) === simulated;
  }
}

/** The text with every made-up value replaced by its kind: of a task id, all but its numbers and its time stays. */
function skeleton(text: string): string {
  return text.replace(GENERATED, (value) => `<${kindOf(value)}>`);
}

function kindOf(value: string): string {
  const [kind = "", node = "", , , , ...rest] = value.split(":");
  if (kind === "UPID") return [kind, node, ...rest].join(":");
  if (kind === "PVE" || /^[0-9A-F]{8}$/.test(kind)) return "ticket";
  return value.startsWith("$5$") ? "password" : `${value.length} characters`;
}
