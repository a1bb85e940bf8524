import crypto from "node:crypto";
import { cdktf } from "@cdktf/provider-null/package.json";
import type { Provider, Resource } from "../plugin/provider";

/** The version of `hashicorp/null` that the CDKTF bindings were generated from. */
export const NULL_PROVIDER_VERSION = cdktf.provider.version;

/** `null_resource`: no more than an id and triggers, which make a new one when they change. */
const nullResource: Resource<true> = {
  schema: {
    block: {
      description:
        "A resource that does nothing. It ties others together: they depend on it, it on what they wait for.",
      attributes: {
        id: { type: "string", computed: true, description: "A random number, new with every replacement." },
        triggers: {
          type: { map: "string" },
          optional: true,
          requiresReplace: true,
          description: "Values whose change replaces the resource.",
        },
      },
    },
  },
  create: ({ planned }) =>
    Promise.resolve({ state: { ...planned, id: crypto.randomBytes(8).readBigUInt64BE().toString() } }),
  read: ({ state }) => Promise.resolve({ state }),
  update: ({ planned }) => Promise.resolve({ state: planned }),
  delete: () => Promise.resolve([]),
};

/**
 * Stands in for `hashicorp/null` where no registry can be reached. It has `null_resource` alone, without the data source.
 */
export const NULL_PROVIDER: Provider<true> = {
  name: "null",
  version: NULL_PROVIDER_VERSION,
  schema: { block: { description: "Takes no arguments.", attributes: {} } },
  resources: { null_resource: nullResource },
  configure: () => Promise.resolve({ client: true }),
};
