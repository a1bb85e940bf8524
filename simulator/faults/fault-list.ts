import type { Clock } from "../world/clock";
import { type CallSubject, matchesCall, matchesTask, type TaskSubject } from "./matching";
import type { FaultAction, FaultRule } from "./rule";

/** A fault with what has become of it. */
export interface FaultState {
  readonly id: string;
  readonly rule: FaultRule;
  /** How many calls or tasks it was for. */
  readonly matches: number;
  /** How many of them it struck. */
  readonly strikes: number;
}

/** One time that a fault struck. */
export interface FaultStrike {
  /** Of the fault. */
  readonly id: string;
  readonly kind: FaultAction["kind"];
  /** What was struck: `POST /nodes/pve1/qemu/400/clone`, `qmclone 400`. */
  readonly subject: string;
  /** Why nothing came of it. @default - it came about */
  readonly problem?: string;
}

/** How many strikes are remembered. */
const CAPACITY = 1000;

interface Fault {
  readonly id: string;
  readonly rule: FaultRule;
  matches: number;
  strikes: number;
}

/** A strike that is to be carried out. */
export interface DueFault {
  readonly action: FaultAction;
  /** Puts it on record, with why nothing came of it. */
  readonly record: (problem?: string) => void;
}

/**
 * Puts a strike on record, at once or later.
 *
 * @param afterSeconds simulated. Absent for at once
 */
export function note(clock: Clock, afterSeconds: number | undefined, record: () => void): void {
  if (afterSeconds === undefined) record();
  else clock.after(afterSeconds, record);
}

/** The faults that wait for their moment, and those that had it. */
export class FaultList {
  readonly #faults = new Map<string, Fault>();
  readonly #strikes: FaultStrike[] = [];
  #lastNumber = 0;

  /** @param onFault told of each strike */
  constructor(private readonly onFault: ((strike: FaultStrike) => void) | undefined) {}

  /**
   * Adds faults that have been checked; one with the id of another takes its place.
   *
   * @returns their ids
   */
  add(rules: readonly FaultRule[]): string[] {
    return rules.map((rule) => {
      const id = rule.id ?? this.#nextId();
      this.#faults.delete(id);
      this.#faults.set(id, { id, rule, matches: 0, strikes: 0 });
      return id;
    });
  }

  /** All faults, in the order in which they were added. */
  list(): FaultState[] {
    return [...this.#faults.values()].map((fault) => ({ ...fault }));
  }

  /** The last strikes, oldest first. */
  strikes(): FaultStrike[] {
    return [...this.#strikes];
  }

  /** Removes a fault; answers whether there was one. What it has done stays done. */
  remove(id: string): boolean {
    return this.#faults.delete(id);
  }

  /** Removes all faults. */
  clear(): void {
    this.#faults.clear();
  }

  /** Those of the named faults that wait for neither call nor task. */
  dueAtOnce(ids: readonly string[]): DueFault[] {
    const isFor = ({ id, rule }: Fault): boolean =>
      ids.includes(id) && rule.call === undefined && rule.task === undefined;
    return this.#due("at once", isFor);
  }

  /** The faults that strike a call; it counts as one match for each fault that it fits. */
  dueForCall(call: CallSubject): DueFault[] {
    const subject = `${call.method} ${call.path}`;
    return this.#due(subject, ({ rule: { call: match } }) => match !== undefined && matchesCall(match, call));
  }

  /** The faults that strike a task; it counts as one match for each fault that it fits. */
  dueForTask(task: TaskSubject): DueFault[] {
    const subject = [task.type, task.id, ...(task.newVmid === undefined ? [] : [`to ${task.newVmid}`])].join(
      " ",
    );
    return this.#due(subject, ({ rule: { task: match } }) => match !== undefined && matchesTask(match, task));
  }

  #due(subject: string, isFor: (fault: Fault) => boolean): DueFault[] {
    const due: DueFault[] = [];
    for (const fault of this.#faults.values()) {
      const { id, rule } = fault;
      if (!isFor(fault)) continue;
      fault.matches += 1;
      const first = rule.nth ?? 1;
      const count = rule.count === "all" ? Infinity : (rule.count ?? 1);
      if (fault.matches < first || fault.matches >= first + count) continue;
      fault.strikes += 1;
      const record = (problem?: string): void => {
        this.#record({ id, kind: rule.action.kind, subject, ...(problem !== undefined && { problem }) });
      };
      due.push({ action: rule.action, record });
    }
    return due;
  }

  #record(strike: FaultStrike): void {
    this.#strikes.push(strike);
    if (this.#strikes.length > CAPACITY) this.#strikes.shift();
    this.onFault?.(strike);
  }

  #nextId(): string {
    do this.#lastNumber += 1;
    while (this.#faults.has(`fault-${this.#lastNumber}`));
    return `fault-${this.#lastNumber}`;
  }
}
