import type { ServiceDefinition } from "@grpc/grpc-js";
import { Root } from "protobufjs/light";
import type { Type } from "protobufjs/light";
import { PROTOCOL_DEFINITIONS } from "./messages";

/** How messages are read: a field that was not sent has its default, a 64-bit integer is a number. */
const READING = { longs: Number, defaults: true } as const;

const root = Root.fromJSON(PROTOCOL_DEFINITIONS);

/**
 * A service of the protocol as gRPC serves and calls it.
 *
 * `@grpc/proto-loader` would also describe each message for reflection, which takes longer than all else that is done
 * with the definitions and which nobody asks for.
 *
 * @param name Its full name, such as `tfplugin6.Provider`.
 * @throws Error where the protocol has none of that name.
 */
export function serviceDefinition(name: string): ServiceDefinition {
  return Object.fromEntries(
    root.lookupService(name).methodsArray.map((method) => {
      const { resolvedRequestType: request, resolvedResponseType: response } = method;
      if (!request || !response) throw new Error(`${name}.${method.name} has no types`);
      return [
        method.name,
        {
          path: `/${name}/${method.name}`,
          requestStream: false,
          responseStream: method.responseStream ?? false,
          requestSerialize: writer(request),
          requestDeserialize: reader(request),
          responseSerialize: writer(response),
          responseDeserialize: reader(response),
        },
      ];
    }),
  );
}

function writer(type: Type): (message: object) => Buffer {
  // Under Node protobufjs writes into a Buffer.
  return (message) => type.encode(type.fromObject(message)).finish() as Buffer;
}

function reader(type: Type): (bytes: Buffer) => object {
  return (bytes) => type.toObject(type.decode(bytes), READING);
}
