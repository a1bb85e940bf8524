import { serveProvider } from "./plugin/serve";
import { createProvider } from "./pve-provider";

const environment = { ...process.env };
// Node's reports of a crash show the environment, and processes that are started inherit it.
delete process.env["PROXMOX_API_TOKEN_SECRET"];
void serveProvider(createProvider(environment), { logLevelVariable: "PROXMOX_LOG_LEVEL" });
