import { serveProvider } from "./plugin/serve";
import { createProvider } from "./pve-provider";

void serveProvider(createProvider(process.env), { logLevelVariable: "PROXMOX_LOG_LEVEL" });
