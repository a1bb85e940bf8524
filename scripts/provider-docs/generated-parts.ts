import type { Provider } from "../../provider/plugin/provider";
import { withParts } from "../docs/page-parts";
import { blockMarkdown } from "./schema-markdown";

/** What the provider's schema says, by the name of the part of the page that holds it. */
function partsOf(provider: Provider<unknown>): Map<string, string> {
  const { schema, resources, dataSources = {} } = provider;
  const named = (kind: string, types: Readonly<Record<string, { schema: Provider<unknown>["schema"] }>>) =>
    Object.entries(types).map(([type, { schema }]): [string, string] => [
      `${kind} ${type}`,
      blockMarkdown(schema.block),
    ]);
  return new Map([
    [`provider ${provider.name}`, blockMarkdown(schema.block)],
    ...named("resource", resources),
    ...named("data", dataSources),
  ]);
}

/**
 * The page with its generated parts made anew, the prose between them untouched. A part stands between
 * `<!-- generated: resource pve_qemu -->` and `<!-- end -->`.
 *
 * @throws Error where the page lacks a part, or has one of what the provider does not have
 */
export function withGeneratedParts(page: string, provider: Provider<unknown>): string {
  return withParts(page, partsOf(provider), "the provider");
}
