import type { World } from "../world/world";
import { type DueFault, type FaultList, note } from "./fault-list";
import { isIncident } from "./incident-rule";
import { attempt } from "./incidents";
import type { CallSubject } from "./matching";
import type { FaultAction } from "./rule";

/** Instead of a call's own answer: another one, none at all, or half of its own. */
export class SpoiledAnswer extends Error {
  constructor(
    readonly outcome:
      | { readonly kind: "answer"; readonly answer: Extract<FaultAction, { kind: "answer" }> }
      | { readonly kind: "drop" }
      | { readonly kind: "half-answer"; readonly data: unknown },
  ) {
    super(`a fault: ${outcome.kind}`);
    this.name = "SpoiledAnswer";
  }
}

/**
 * Carries out a call and whatever faults strike it.
 *
 * @param work what the call does
 * @throws SpoiledAnswer where a fault takes the place of the answer
 */
export async function withCallFaults(
  faults: FaultList,
  world: World,
  call: CallSubject,
  work: () => unknown,
): Promise<unknown> {
  const due = faults.dueForCall(call);
  if (due.length === 0) return work();
  for (const fault of due) if (whenOf(fault) !== "after") await strike(fault, world);
  // An answer that is to be lost is lost whatever it says.
  const result = await Promise.resolve()
    .then(work)
    .then(
      (data) => ({ data }),
      (error: unknown) => ({ error }),
    );
  for (const fault of due) if (whenOf(fault) === "after") await strike(fault, world);
  if ("error" in result) throw result.error;
  const half = due.find(({ action }) => action.kind === "half-answer");
  if (half === undefined) return result.data;
  half.record();
  throw new SpoiledAnswer({ kind: "half-answer", data: result.data });
}

function whenOf({ action }: DueFault): "before" | "after" {
  return ("when" in action ? action.when : undefined) ?? "before";
}

async function strike({ action, record }: DueFault, world: World): Promise<void> {
  if (isIncident(action)) {
    record(attempt(world, action));
    return;
  }
  switch (action.kind) {
    case "delay":
      record();
      await world.clock.sleep(action.seconds);
      return;
    case "note":
      note(world.clock, action.afterSeconds, record);
      return;
    case "drop":
      record();
      throw new SpoiledAnswer({ kind: "drop" });
    case "answer":
      record();
      throw new SpoiledAnswer({ kind: "answer", answer: action });
    // Half an answer needs the whole one first; the others befall tasks.
    case "half-answer":
    case "fail":
    case "hang":
    case "die":
    case "warn":
  }
}
