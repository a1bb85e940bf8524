import { failure } from "../schema/api-error";
import type { GuestProcess, GuestState } from "../world/vm";

/** The first process id that is given to a command. */
const FIRST_PID = 1000;

type Program = (args: readonly string[], guest: GuestState, input: string) => Partial<GuestProcess>;

/** The programs of a simulated guest: those that scripts use to see whether a VM is ready. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  true: () => ({}),
  false: () => ({ exitCode: 1 }),
  echo: (args) => ({ output: `${args.join(" ")}\n` }),
  cat: (args, _guest, input) =>
    args[0] === undefined
      ? { output: input }
      : { exitCode: 1, errors: `cat: ${args[0]}: No such file or directory\n` },
  hostname: (_args, guest) => ({ output: `${guest.hostname}\n` }),
  ls: () => ({}),
  whoami: () => ({ output: "root\n" }),
  "cloud-init": ([verb]) =>
    verb === "status" ? { output: "status: done\n" } : { exitCode: 2, errors: "usage: cloud-init status\n" },
};

/**
 * Runs a command in a guest. It ends at once; what it says waits to be fetched.
 *
 * @returns its process id
 * @throws ApiError 500 for a program that the guest does not have
 */
export function runInGuest(guest: GuestState, command: readonly string[], input: string): number {
  const [path = "", ...args] = command;
  const name = path.replace(/^(?:\/usr)?\/s?bin\//, "");
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program === undefined) {
    const reason = `Failed to execute child process “${path}” (No such file or directory)`;
    throw failure(`Agent error: Guest agent command failed, error was '${reason}'`);
  }
  const pid = FIRST_PID + guest.processes.started;
  guest.processes.started += 1;
  guest.processes.finished.set(pid, { exitCode: 0, output: "", errors: "", ...program(args, guest, input) });
  return pid;
}

/**
 * What became of a command; can be asked once.
 *
 * @throws ApiError 500 for a process that is not known, or not any more
 */
export function takeGuestProcess(guest: GuestState, pid: number): GuestProcess {
  const { finished } = guest.processes;
  const process = finished.get(pid);
  if (process === undefined) throw failure("Agent error: Invalid parameter 'pid'");
  finished.delete(pid);
  return process;
}
