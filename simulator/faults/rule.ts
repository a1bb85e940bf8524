import { z } from "zod";
import { INCIDENTS, isIncident, name, seconds, vmid } from "./incident-rule";

const text = z.string().min(1).max(4096);

/**
 * `before`: as if the call or task had never begun. `after`: it has done all its work, and nobody learns of it.
 * @default before
 */
const when = z.enum(["before", "after"]).optional();

/** Which calls a rule is for. What is left out matches all. */
const CALL_MATCH = z.strictObject({
  /** The HTTP method. */
  method: z.enum(["GET", "POST", "PUT", "DELETE"]).optional(),
  /** Below `/api2/json`; a segment in braces, or `*`, matches any: `/nodes/{node}/qemu/{vmid}/clone`. */
  path: z
    .string()
    .regex(/^\/[^?#\s]*$/, "must start with '/' and have no query, like /nodes/{node}/qemu/{vmid}/clone")
    .max(512)
    .optional(),
  /** The node of the path. */
  node: name.optional(),
  /** The VM of the path, the new VM of a clone, or the VM of the task whose UPID is in the path. */
  vmid: vmid.optional(),
});

/** Which tasks a rule is for. What is left out matches all. */
const TASK_MATCH = z.strictObject({
  /** `qmclone`, `qmstart`, `resize`, … */
  type: name.optional(),
  /** The node that it runs on. */
  node: name.optional(),
  /** The VM that the task works on; of a clone the source or the new VM. */
  vmid: vmid.optional(),
});

/** From when on, in simulated seconds. @default 0 */
const afterSeconds = seconds.optional();

/** What may befall a call. */
const CALL_ACTIONS = [
  z.strictObject({
    kind: z.literal("answer"),
    /** 59x, 401 and 502 to 504 have no JSON body, as nothing behind the server's door wrote them. */
    status: z.number().int().min(400).max(599),
    /** The text of the answer; its first line is the reason phrase. @default - what goes with the status */
    message: text.optional(),
    /** Parameter name to text, for status 400. @default - none */
    errors: z.record(z.string(), z.string()).optional(),
    when,
  }),
  /** The connection is closed without an answer. */
  z.strictObject({ kind: z.literal("drop"), when }),
  /** The connection is closed in the midst of the answer. */
  z.strictObject({ kind: z.literal("half-answer") }),
] as const;

/** What may befall a task. */
const TASK_ACTIONS = [
  /** Ends with that text, before or after its work. */
  z.strictObject({ kind: z.literal("fail"), exitStatus: text, when }),
  /** Goes no further from a moment on, holding what it holds, until somebody stops it. */
  z.strictObject({ kind: z.literal("hang"), afterSeconds }),
  /** Its worker is killed and cleans up nothing: a clone leaves its VM behind, locked. */
  z.strictObject({ kind: z.literal("die"), afterSeconds }),
  /** Does its work and ends with `WARNINGS: 1`; the text is in its log. @default "a simulated warning" */
  z.strictObject({ kind: z.literal("warn"), text: text.optional() }),
] as const;

/** What may befall both. */
const COMMON_ACTIONS = [
  /** Begins later, or ends later. */
  z.strictObject({ kind: z.literal("delay"), seconds, when }),
  /** Nothing but a record, and a call of `onFault`. */
  z.strictObject({ kind: z.literal("note"), afterSeconds, when }),
] as const;

const CALL_KINDS = new Set<string>(CALL_ACTIONS.map(({ shape }) => shape.kind.value));
const TASK_KINDS = new Set<string>(TASK_ACTIONS.map(({ shape }) => shape.kind.value));

/**
 * One fault: what it waits for, how often it strikes, and what happens then. An incident that waits for nothing happens
 * as soon as it is added; one that waits for a call happens before it.
 */
export const FAULT_RULE = z
  .strictObject({
    /** By which it is listed and removed. @default - `fault-1`, `fault-2`, … */
    id: z
      .string()
      .regex(/^[\w.-]{1,64}$/, "must be 1 to 64 letters, digits, '.', '-' or '_'")
      .optional(),
    call: CALL_MATCH.optional(),
    task: TASK_MATCH.optional(),
    /** The match that it strikes first, counted from 1. @default 1 */
    nth: z.number().int().min(1).optional(),
    /** How many matches it strikes from there on. @default 1 */
    count: z.union([z.number().int().min(1), z.literal("all")]).optional(),
    action: z.discriminatedUnion("kind", [...CALL_ACTIONS, ...TASK_ACTIONS, ...COMMON_ACTIONS, ...INCIDENTS]),
  })
  .superRefine(({ call, task, nth, count, action }, context) => {
    const complain = (message: string): void => {
      context.addIssue({ code: "custom", message });
    };
    if (call !== undefined && task !== undefined)
      complain("must be for a 'call' or for a 'task', not for both");
    else if (CALL_KINDS.has(action.kind) && call === undefined) {
      complain(`'${action.kind}' befalls calls only: say which with 'call' ({} for all)`);
    } else if (TASK_KINDS.has(action.kind) && task === undefined) {
      complain(`'${action.kind}' befalls tasks only: say which with 'task' ({} for all)`);
    } else if (call === undefined && task === undefined) {
      if (!isIncident(action)) complain("must be for a 'call' or for a 'task' ({} for all)");
      else if ((nth ?? count) !== undefined)
        complain("'nth' and 'count' are for those with a 'call' or 'task'");
    }
  });

/** A rule as it is written. */
export type FaultRule = Readonly<z.infer<typeof FAULT_RULE>>;
/** What happens when a rule strikes. */
export type FaultAction = FaultRule["action"];
/** Which calls a rule is for. */
export type CallMatch = Readonly<z.infer<typeof CALL_MATCH>>;
/** Which tasks a rule is for. */
export type TaskMatch = Readonly<z.infer<typeof TASK_MATCH>>;
