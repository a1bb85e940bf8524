import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Client, credentials, status } from "@grpc/grpc-js";
import { bundleProvider } from "../../../provider/mirror/bundle";
import type { CertificateAndKey } from "../../../provider/plugin/certificate";
import { createCertificate } from "../../../provider/plugin/certificate";
import type { DiagnosticMessage } from "../../../provider/plugin/rpc-types";
import { serviceDefinition } from "./service-definitions";

/** Builds the test provider into a folder. @returns The executable. */
export async function buildBoxProvider(folder: string): Promise<string> {
  const file = path.join(folder, "terraform-provider-box_v1.2.3.cjs");
  fs.writeFileSync(file, await bundleProvider(path.join(__dirname, "fixture", "main.ts")), { mode: 0o755 });
  return file;
}

/** What Terraform puts into a provider's environment. */
export function invitation(clientCertificate: string): Record<string, string> {
  return {
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_CLIENT_CERT: clientCertificate,
  };
}

/** An answer of the provider. */
export interface Answer {
  readonly diagnostics?: readonly DiagnosticMessage[];
  readonly [field: string]: unknown;
}

/** A provider that runs as Terraform would run it. */
export class ProviderProcess {
  readonly process: ChildProcess;
  /** Resolves with the exit code or the signal that ended the process. */
  readonly ended: Promise<number | string | null>;
  stdout = "";
  stderr = "";
  #clients: Client[] = [];

  /** Starts one with a fresh client certificate. */
  static start(file: string, environment: Record<string, string> = {}): ProviderProcess {
    return new ProviderProcess(createCertificate(new Date()), file, environment);
  }

  private constructor(
    readonly own: CertificateAndKey,
    file: string,
    environment: Record<string, string>,
  ) {
    this.process = spawn(file, {
      env: { ...process.env, ...invitation(this.own.certificate), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stdout?.on("data", (data: Buffer) => (this.stdout += data.toString()));
    this.process.stderr?.on("data", (data: Buffer) => (this.stderr += data.toString()));
    this.ended = new Promise((resolve) => {
      this.process.on("close", (code, signal) => {
        resolve(signal ?? code);
      });
    });
  }

  /** Fields of the handshake line. */
  async handshake(): Promise<string[]> {
    while (!this.stdout.includes("\n")) {
      await new Promise((resolve, reject) => {
        this.process.stdout?.once("data", resolve);
        void this.ended.then(() => {
          reject(new Error(`ended before the handshake: ${this.stderr}`));
        });
      });
    }
    return (this.stdout.split("\n")[0] ?? "").split("|");
  }

  /** A connection with a client certificate. @param own @default - the one that the provider was told of */
  async connect(own: CertificateAndKey = this.own): Promise<Client> {
    const [, , , socket = "", , certificate = ""] = await this.handshake();
    const server = new X509Certificate(Buffer.from(certificate, "base64")).toString();
    const secure = credentials.createSsl(
      Buffer.from(server),
      Buffer.from(own.privateKey),
      Buffer.from(own.certificate),
    );
    const client = new Client(`unix:${socket}`, secure, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    this.#clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    this.process.kill("SIGKILL");
    await this.ended;
  }
}

/** One call. @param service @default tfplugin6.Provider */
export function call(
  client: Client,
  name: string,
  request: object = {},
  service = "tfplugin6.Provider",
): Promise<Answer> {
  const method = serviceDefinition(service)[name];
  if (!method) throw new Error(`no method ${name}`);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      (error: Error | null, answer: unknown) => {
        if (error) reject(error);
        else resolve(answer as Answer);
      },
    );
  });
}

/** Opens the stream that Terraform holds open as long as the provider runs. @returns Whether it ended without error. */
export function holdOutput(client: Client): Promise<boolean> {
  const method = serviceDefinition("plugin.GRPCStdio").StreamStdio;
  if (!method) throw new Error("no method StreamStdio");
  const stream = client.makeServerStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    {},
  );
  stream.resume();
  return new Promise((resolve) => {
    stream.on("status", ({ code }) => {
      resolve(code === status.OK);
    });
    stream.on("error", () => undefined);
  });
}
