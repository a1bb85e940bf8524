import type { ServiceDefinition } from "@grpc/grpc-js";
import { Root } from "protobufjs/light";
import type { INamespace, Type } from "protobufjs/light";
import type { Message } from "../../../provider/plugin/messages";
import { SERVICES, SHARED_MESSAGES } from "../../../provider/plugin/messages";

/** How messages are read: a field that was not sent has its default, a 64-bit integer is a number. */
const READING = { longs: Number, defaults: true } as const;

/**
 * A service of the protocol for a client of @grpc/grpc-js, with messages by protobufjs: neither shares code with the
 * provider's own server, so that what they understand is gRPC and protobuf. The table of fields is the provider's own: that
 * its numbers are Terraform's is shown by Terraform itself.
 *
 * @param name Its full name, such as `tfplugin6.Provider`.
 */
export function serviceDefinition(name: string): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(SERVICES[name] ?? {}).map(([method, { Request, Response }]) => {
      const root = Root.fromJSON({
        nested: {
          ...Object.fromEntries(
            Object.entries(SHARED_MESSAGES).map(([type, fields]) => [type, json(fields)]),
          ),
          Request: json(Request),
          Response: json(Response),
        },
      });
      const [request, response] = [root.lookupType("Request"), root.lookupType("Response")];
      return [
        method,
        {
          path: `/${name}/${method}`,
          requestStream: false,
          responseStream: method === "StreamStdio",
          requestSerialize: writer(request),
          requestDeserialize: reader(request),
          responseSerialize: writer(response),
          responseDeserialize: reader(response),
        },
      ];
    }),
  );
}

function json(message: Message): INamespace {
  const fields = Object.entries(message).map(([name, [plainType, id, modifier]]) => {
    const type = plainType === "int" ? "int64" : plainType;
    if (modifier === "map") return [name, { keyType: "string", type, id }];
    return [name, { type, id, ...(modifier === "repeated" ? { rule: "repeated" } : {}) }];
  });
  return { fields: Object.fromEntries(fields) as object } as INamespace;
}

function writer(type: Type): (message: object) => Buffer {
  return (message) => type.encode(type.fromObject(message)).finish() as Buffer;
}

function reader(type: Type): (bytes: Buffer) => object {
  return (bytes) => type.toObject(type.decode(bytes), READING);
}
