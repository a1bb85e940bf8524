import { ask, nearest } from "../did-you-mean";
import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import type { Storage } from "../topology";

/** A pool as far as it matters where its members' template is. */
export interface TemplateUser {
  /** What its members' names begin with: "web-workers". */
  readonly name: string;
  /** Names of all nodes that a member may be on, those that overrides set included. */
  readonly nodes: readonly string[];
  /** The template's id, or the id of the template on each node. */
  readonly templateId: number | Readonly<Record<string, number | undefined>>;
  readonly templateIdPath: FaultPath;
  /** The storage that the template's disks are on. */
  readonly templateStorage: string;
  /** The storages that its members' boot disks are on. */
  readonly storages: readonly string[];
}

/**
 * Checks that every member can be cloned from its template, and that templates are named on nodes that there are.
 *
 * Proxmox VE clones a VM to another node only if all its disks are on shared storage ("can't clone VM to node … (VM
 * uses local storage)") and the storage it is cloned to is shared as well ("can't clone to non-shared storage …"). So a
 * single template for several nodes takes shared storage, and else there is a template on each node. Their ids differ,
 * as those of all VMs of a Proxmox cluster do. The template of a pool that uses one node is taken to be on that node.
 *
 * @param nodes names of all nodes that there are
 */
export function checkTemplates(
  users: readonly TemplateUser[],
  nodes: ReadonlySet<string>,
  storages: readonly Storage[],
  faults: FaultCollector,
): void {
  checkEntries(users, nodes, faults);
  const homes = findHomes(users, faults);
  const shared = new Set(storages.filter((storage) => storage.shared === true).map(({ name }) => name));
  const usersById = new Map<number, TemplateUser[]>();
  for (const user of users) {
    if (typeof user.templateId !== "number") continue;
    const others = usersById.get(user.templateId);
    if (others) others.push(user);
    else usersById.set(user.templateId, [user]);
  }
  for (const [id, itsUsers] of usersById) checkReach(id, itsUsers, homes.get(id), shared, faults);
}

/** The template of a VM on a node: the only one, or that of the node. */
export function templateOn(node: string, templateId: TemplateUser["templateId"]): number | undefined {
  return typeof templateId === "number" ? templateId : templateId[node];
}

/** Every node that a member may be on has a template, where each node has its own; and no other word is taken for a node. */
function checkEntries(
  users: readonly TemplateUser[],
  known: ReadonlySet<string>,
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
  for (const itsUsers of maps.values()) checkMap(itsUsers, known, faults);
}

/** A pool with a template on each node. */
type MapUser = TemplateUser & { readonly templateId: object };

function hasMap(user: TemplateUser): user is MapUser {
  return typeof user.templateId === "object";
}

/** @param users of one and the same mapping */
function checkMap(users: readonly MapUser[], known: ReadonlySet<string>, faults: FaultCollector): void {
  const { templateId = {}, templateIdPath = [] } = users[0] ?? {};
  const missing = new Map<string, TemplateUser>();
  for (const user of users) {
    for (const node of user.nodes)
      if (!Object.hasOwn(templateId, node) && !missing.has(node)) missing.set(node, user);
  }
  const free = [...known].filter((node) => !Object.hasOwn(templateId, node));
  for (const name of Object.keys(templateId)) {
    if (known.has(name)) continue;
    // A slip of the pen leaves the node that is meant without an entry: one fault tells of both.
    const lacking = nearest(name, missing.keys());
    const meant = lacking.length > 0 ? lacking : nearest(name, free);
    const others = `the nodes are ${listed([...known])}: take this out, or add it to proxmox.nodes`;
    const fix = meant.length > 0 ? ask(meant) : others;
    faults.add([...templateIdPath, name], "there is no such node", fix);
    const [only, another] = meant;
    if (only !== undefined && another === undefined) missing.delete(only);
  }
  for (const [node, { name }] of missing) {
    const problem = `is missing, and members of ${name} may be on ${node}`;
    faults.add([...templateIdPath, node], problem, "add the VM id of the template there");
  }
}

/** The node of each template that is declared for one node; that no two nodes have the same one. */
function findHomes(users: readonly TemplateUser[], faults: FaultCollector): Map<number, string> {
  const homes = new Map<number, { readonly node: string; readonly path: FaultPath }>();
  const seen = new Set<string>();
  for (const { templateId, templateIdPath } of users) {
    if (typeof templateId === "number" || seen.has(formatPath(templateIdPath))) continue;
    seen.add(formatPath(templateIdPath));
    for (const [node, id] of Object.entries(templateId)) {
      if (id === undefined) continue;
      const path = [...templateIdPath, node];
      const home = homes.get(id);
      if (!home) homes.set(id, { node, path });
      else if (home.node !== node) {
        const problem = `got ${id}, which is the template on ${home.node} (${formatPath(home.path)})`;
        faults.add(
          path,
          problem,
          "ids are unique in a Proxmox cluster: name the template that is on this node",
        );
      }
    }
  }
  return new Map(Array.from(homes, ([id, { node }]) => [id, node]));
}

/** A template that is used on several nodes can be cloned to all of them. */
function checkReach(
  id: number,
  users: readonly TemplateUser[],
  home: string | undefined,
  shared: ReadonlySet<string>,
  faults: FaultCollector,
): void {
  const nodes = new Set(users.flatMap((user) => user.nodes));
  if (home !== undefined) nodes.add(home);
  if (nodes.size === 1) return;
  const isShared = (storage: string): boolean => shared.has(storage);
  // VMs on local storage can only be on the template's own node, wherever that is.
  const bound = users.filter((user) => !user.storages.every(isShared));
  const boundNodes = new Set(bound.flatMap((user) => user.nodes));
  if (home !== undefined && bound.length > 0) boundNodes.add(home);
  const told = new Set<string>();
  for (const user of users) {
    const needed = boundNodes.size > 1 ? [user.templateStorage, ...user.storages] : [user.templateStorage];
    const local = [...new Set(needed)].filter((storage) => !isShared(storage));
    const key = formatPath(user.templateIdPath);
    if (local.length === 0 || told.has(key)) continue;
    told.add(key);
    const names = local.join(" and ");
    const are = local.length === 1 ? "is" : "are";
    const problem = `got ${id} for VMs on ${listed([...nodes])}, which Proxmox cannot clone to all of them: ${names} ${are} not declared shared`;
    const declared = local.map((storage) => `${storage}: { shared: true }`).join(", ");
    const [first = "pve1", second = "pve2"] = home === undefined ? nodes : new Set([home, ...nodes]);
    const fix = `if it is, declare it (proxmox.storages: { ${declared} }), else name a template on each node (templateId: { ${first}: ${id}, ${second}: … })`;
    faults.add(user.templateIdPath, problem, fix);
  }
}
