import { randomUUID, X509Certificate } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { isIPv6 } from "node:net";
import { broadcastRows } from "../api/resource-rows";
import { FaultControl } from "../faults/control";
import { FaultList } from "../faults/fault-list";
import { withTaskFaults } from "../faults/task-faults";
import { buildWorld } from "./build-world";
import { createControlServer } from "./control-server";
import { close, listen } from "./listening";
import { shownToken } from "../options/access-options";
import { checkOptions } from "../options/check-options";
import { authorizationHeader } from "../http/authentication";
import { makeServerCertificate } from "../http/certificates";
import { Dispatcher } from "../http/dispatcher";
import type { ApiToken, RequestRecord, SimulatorOptions } from "../options/options";
import { RequestLog } from "../http/request-log";
import { sendBadRequest } from "../http/response";
import {
  snapshotTask,
  snapshotVm,
  snapshotVolumes,
  type TaskSnapshot,
  type VmSnapshot,
  type VolumeSnapshot,
} from "./snapshots";
import { splitVolumeId } from "../world/storages";
import type { World } from "../world/world";

/** Simulated time, moved by hand. */
interface SimulatedTime {
  /** Simulated seconds since the start. */
  readonly now: () => number;
  /** Moves on to the next thing that is due; false where there is none. */
  readonly step: () => Promise<boolean>;
  /** Moves on by simulated seconds. */
  readonly advance: (seconds: number) => Promise<void>;
}

/** A running simulator. */
export interface Simulator {
  /** `https://127.0.0.1:PORT`, without `/api2/json`. */
  readonly url: string;
  readonly port: number;
  /** The certificate authority that callers must trust. */
  readonly caCertificatePem: string;
  readonly token: ApiToken;
  /** The value of the `Authorization` header that the API takes. */
  readonly authorization: string;
  /** All tasks, oldest first. */
  readonly tasks: () => TaskSnapshot[];
  /** All VMs and templates, by VM id. */
  readonly vms: () => VmSnapshot[];
  /** All volumes on all storages. */
  readonly volumes: () => VolumeSnapshot[];
  /** How many requests were answered or dropped. */
  readonly requestCount: () => number;
  /** The last 10,000 requests, oldest first. */
  readonly requests: () => RequestRecord[];
  /** Removes a volume (`local:401/vm-401-disk-0.qcow2`) behind everybody's back, as a careless administrator would. */
  readonly loseVolume: (volumeId: string) => void;
  /** Simulated time. Where `speed` is 0, nothing but these moves it. */
  readonly time: SimulatedTime;
  /** How many requests have come and are not yet answered. */
  readonly openRequestCount: () => number;
  /** Adds, lists and removes faults while it runs. */
  readonly control: FaultControl;
  /** Where the same is done by HTTP: `http://127.0.0.1:PORT`; absent without `controlPort`. */
  readonly controlUrl?: string;
  /** Ends everything: connections, timers, tasks. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a Proxmox VE API simulator in this process.
 *
 * @throws InvalidOptions with all that is wrong with the options
 * @throws Error of the system when it cannot listen (`EADDRINUSE`, …)
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  checkOptions(options);
  const { host = "127.0.0.1", port: wantedPort = 0, controlPort } = options;
  const token: ApiToken = {
    ...shownToken(options),
    secret: options.token?.secret ?? randomUUID(),
  };
  const certificate = await makeServerCertificate(host);
  const { fingerprint256 } = new X509Certificate(certificate.certificatePem);
  const world = buildWorld({ ...options, token }, fingerprint256);
  const faults = new FaultList(options.onFault);
  const control = new FaultControl(faults, world);
  world.tasks.intercept = (task, work, kill) => withTaskFaults(faults, world, task, work, kill);
  control.add(options.faults ?? []);
  const dispatcher = new Dispatcher(world, faults);
  const log = new RequestLog(options.onRequest);
  let openRequestCount = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    log.watch(request, response);
    openRequestCount += 1;
    void dispatcher.dispatch(request, response).finally(() => {
      openRequestCount -= 1;
    });
  };
  const server = createServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem }, answer);
  // The server reads on without a word, also where a client asks first whether it should send its body.
  server.on("checkContinue", answer);
  server.on("clientError", (_error, socket) => {
    sendBadRequest(socket);
  });
  const records = {
    tasks: () => world.tasks.list().map(snapshotTask),
    vms: () => [...world.vms.values()].sort((a, b) => a.vmid - b.vmid).map((vm) => snapshotVm(world, vm)),
    volumes: () => snapshotVolumes(world),
    requests: () => log.records(),
  };
  const controlServer = createControlServer({
    control,
    records: { ...records, strikes: () => control.strikes() },
  });
  const usedControlPort =
    controlPort === undefined ? undefined : await listen(controlServer, host, controlPort);
  const port = await listen(server, host, wantedPort).catch(async (error: unknown) => {
    if (usedControlPort !== undefined) await close(controlServer);
    throw error;
  });
  broadcastStatistics(world);
  const authority = (ofPort: number): string => `${isIPv6(host) ? `[${host}]` : host}:${ofPort}`;
  return {
    url: `https://${authority(port)}`,
    port,
    ...(usedControlPort !== undefined && { controlUrl: `http://${authority(usedControlPort)}` }),
    caCertificatePem: certificate.caCertificatePem,
    token,
    authorization: authorizationHeader(token),
    ...records,
    requestCount: () => log.count,
    loseVolume: (volumeId) => {
      const { storage, name } = splitVolumeId(volumeId);
      for (const group of world.storages.allGroups()) if (group.storage === storage) group.free(name);
    },
    time: {
      now: () => world.clock.now(),
      step: () => world.clock.step(),
      advance: (seconds) => world.clock.advance(seconds),
    },
    openRequestCount: () => openRequestCount,
    control,
    close: async () => {
      world.clock.close();
      await close(server);
      if (usedControlPort !== undefined) await close(controlServer);
    },
  };
}

function broadcastStatistics(world: World): void {
  if (world.profile.statisticsSeconds === 0) return;
  world.statistics.publish(broadcastRows(world));
  world.clock.after(world.profile.statisticsSeconds, () => {
    broadcastStatistics(world);
  });
}
