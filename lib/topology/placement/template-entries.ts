/** Templates that are named by node: `templateId: { pve1: 9001, pve2: 9002 }`. */
import { ask, nearest } from "../did-you-mean";
import { formatPath, quote } from "../fault";
import type { FaultCollector } from "../fault-collector";
import type { TemplateUser } from "./template-user";

/** What is known of the nodes. */
export interface KnownNodes {
  /** Names of all that any pool may use, and of all that are declared. */
  readonly names: ReadonlySet<string>;
  /** Names of those in `proxmox.nodes`. */
  readonly declared: ReadonlySet<string>;
  /** Whether there are no others: the nodes of every pool could be read. */
  readonly areAll: boolean;
}

/** A pool with a template on each node. */
type MapUser = TemplateUser & { readonly templateId: object };

/**
 * Checks that every node that a member may be on has a template. One on a node that nobody uses is no fault: the node
 * may be out for maintenance.
 */
export function checkEntries(
  users: readonly TemplateUser[],
  nodes: KnownNodes,
  faults: FaultCollector,
): void {
  const maps = new Map<string, MapUser[]>();
  for (const user of users) {
    if (!hasMap(user)) continue;
    const key = formatPath(user.templateIdPath);
    const others = maps.get(key);
    if (others) others.push(user);
    else maps.set(key, [user]);
  }
  for (const itsUsers of maps.values()) checkMap(itsUsers, nodes, faults);
}

function hasMap(user: TemplateUser): user is MapUser {
  return typeof user.templateId === "object";
}

/** @param users of one and the same mapping */
function checkMap(users: readonly MapUser[], nodes: KnownNodes, faults: FaultCollector): void {
  const { templateId = {}, templateIdPath = [] } = users[0] ?? {};
  const missing = new Map<string, MapUser>();
  for (const user of users) {
    for (const node of user.nodes)
      if (!Object.hasOwn(templateId, node) && !missing.has(node)) missing.set(node, user);
  }
  const strays = new Set(Object.keys(templateId).filter((name) => !nodes.names.has(name)));
  for (const [node, user] of missing) {
    const meant = nodes.declared.has(node) ? [] : meantInstead(node, user);
    if (meant.length === 0) continue;
    const problem = `got ${quote(node)}, for which ${formatPath(templateIdPath)} has no entry`;
    const path = [...user.nodesPath, user.nodes.indexOf(node)];
    faults.add(path, problem, `${ask(meant)} Else add the VM id of its template there`);
    missing.delete(node);
    for (const name of meant) strays.delete(name);
  }
  if (nodes.areAll) {
    const free = [...nodes.names].filter((node) => !Object.hasOwn(templateId, node));
    for (const [name, meant] of misspelt(strays, missing, free)) {
      faults.add([...templateIdPath, name], "there is no such node", ask(meant));
      const [only, another] = meant;
      // One fault tells of both.
      if (only !== undefined && another === undefined) missing.delete(only);
    }
  }
  for (const [node, { name }] of missing) {
    const problem = `is missing, and members of ${name} may be on ${node}`;
    faults.add([...templateIdPath, node], problem, "add the VM id of the template there");
  }
}

/** The nodes with a template that a pool may mean with one that has none, where the pool's own settings name it. */
function meantInstead(
  node: string,
  { nodes, nodesPath, templateId, templateIdPath }: MapUser,
): readonly string[] {
  if (nodesPath.length <= templateIdPath.length) return [];
  return nearest(
    node,
    Object.keys(templateId).filter((name) => !nodes.includes(name)),
  );
}

/**
 * The entries that are a slip of the pen for a node without one: those that no other entry is as near to.
 * @param strays names of entries for nodes that there are not
 * @param missing the nodes that need an entry; these before all that are free
 */
function misspelt(
  strays: Iterable<string>,
  missing: ReadonlyMap<string, unknown>,
  free: readonly string[],
): [name: string, meant: readonly string[]][] {
  const slips = Array.from(strays, (name): [string, readonly string[]] => {
    const lacking = nearest(name, missing.keys());
    return [name, lacking.length > 0 ? lacking : nearest(name, free)];
  });
  const claims = new Map<string, number>();
  for (const [, meant] of slips) for (const node of meant) claims.set(node, (claims.get(node) ?? 0) + 1);
  return slips.filter(([, meant]) => meant.length > 0 && meant.every((node) => claims.get(node) === 1));
}
