import { request } from "node:https";
import type { Simulator } from "../../simulator";

/**
 * Calls the simulated Proxmox VE as somebody beside Terraform would, again and again until it answers; what it answers
 * does not matter.
 */
export async function asSomebodyElse(simulator: Simulator, method: string, path: string): Promise<void> {
  while (!(await isAnswered(simulator, method, path))) await pause();
}

function isAnswered(simulator: Simulator, method: string, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(
      `${simulator.url}/api2/json${path}`,
      { method, ca: simulator.caCertificatePem, headers: { Authorization: simulator.authorization } },
      (response) => {
        response.resume();
        response.on("end", () => {
          resolve(true);
        });
        response.on("error", () => {
          resolve(false);
        });
      },
    );
    call.on("error", () => {
      resolve(false);
    });
    call.end();
  });
}

/** Resolves when no task runs any more. */
export async function tasksEnded(simulator: Simulator): Promise<void> {
  while (simulator.tasks().some(({ exitStatus }) => exitStatus === undefined)) {
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
