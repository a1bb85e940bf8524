import { failure } from "../schema/api-error";
import { WorkerKilled } from "../world/clock";
import type { TaskWork } from "../world/tasks";
import type { World } from "../world/world";
import { type DueFault, type FaultList, note } from "./fault-list";
import { isIncident } from "./incident-rule";
import { attempt } from "./incidents";
import type { TaskSubject } from "./matching";

/**
 * The work of a task with whatever faults strike it.
 *
 * @param kill ends the task's process
 */
export function withTaskFaults(
  faults: FaultList,
  world: World,
  task: TaskSubject,
  work: TaskWork,
  kill: () => void,
): TaskWork {
  return faults.dueForTask(task).reduceRight((inner, due) => struck(world, due, inner, kill), work);
}

function struck(world: World, { action, record }: DueFault, work: TaskWork, kill: () => void): TaskWork {
  const { clock } = world;
  if (isIncident(action)) {
    return async (task) => {
      record(attempt(world, action));
      await work(task);
    };
  }
  switch (action.kind) {
    case "fail":
      return async (task) => {
        record();
        if (action.when === "after") await work(task);
        throw failure(action.exitStatus);
      };
    case "delay":
      return async (task) => {
        record();
        if (action.when === "after") await work(task);
        await clock.sleep(action.seconds, task.signal);
        if (action.when !== "after") await work(task);
      };
    case "warn":
      return async (task) => {
        record();
        await work(task);
        task.warn(action.text ?? "a simulated warning");
      };
    case "hang":
      return async (task) => {
        clock.after(action.afterSeconds ?? 0, () => {
          record();
          clock.freeze(task.signal);
        });
        await work(task);
        clock.freeze(task.signal);
        await clock.sleep(0, task.signal);
      };
    case "die":
      return async (task) => {
        clock.after(action.afterSeconds ?? 0, () => {
          record();
          kill();
        });
        await work(task);
        throw new WorkerKilled();
      };
    case "note":
      return async (task) => {
        if (action.when !== "after") note(clock, action.afterSeconds, record);
        await work(task);
        if (action.when === "after") note(clock, action.afterSeconds, record);
      };
    case "answer":
    case "drop":
    case "half-answer":
      return work;
  }
}
