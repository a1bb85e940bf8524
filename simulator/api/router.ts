import type { Endpoint } from "./endpoint";

/** An endpoint with what its path held. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the endpoint of a method and path. */
export class Router {
  readonly #routes: readonly { readonly endpoint: Endpoint; readonly template: readonly string[] }[];

  constructor(endpoints: readonly Endpoint[]) {
    this.#routes = endpoints.map((endpoint) => ({ endpoint, template: split(endpoint.path) }));
  }

  /**
   * @param path below `/api2/json`, still percent-encoded; doubled and trailing slashes do not matter
   * @returns undefined where there is no such call
   */
  find(method: string, path: string): Route | undefined {
    const segments = split(path).map(decode);
    for (const { endpoint, template } of this.#routes) {
      if (endpoint.method !== method) continue;
      const pathParameters = match(template, segments);
      if (pathParameters !== undefined) return { endpoint, pathParameters };
    }
    return undefined;
  }
}

function split(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) parameters[name] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}
