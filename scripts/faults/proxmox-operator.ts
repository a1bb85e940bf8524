import { request } from "node:https";
import type { Simulator } from "../../simulator";

/** Calls the simulated Proxmox VE as somebody beside Terraform would; what it answers does not matter. */
export async function asSomebodyElse(simulator: Simulator, method: string, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const call = request(
      `${simulator.url}/api2/json${path}`,
      { method, ca: simulator.caCertificatePem, headers: { Authorization: simulator.authorization } },
      (response) => {
        response.resume();
        response.on("end", resolve);
      },
    );
    call.on("error", reject);
    call.end();
  });
}

/** Resolves when no task runs any more. */
export async function tasksEnded(simulator: Simulator): Promise<void> {
  while (simulator.tasks().some(({ exitStatus }) => exitStatus === undefined)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
