import { formatPath } from "../fault";
import type { FaultPath } from "../fault";
import type { FaultCollector } from "../fault-collector";
import { listed } from "../listed";
import type { Storage } from "../topology";
import { checkEntries } from "./template-entries";
import type { KnownNodes } from "./template-entries";
import type { TemplateUser } from "./template-user";

/**
 * Checks that every member can be cloned from its template.
 *
 * Proxmox VE clones a VM to another node only if all its disks are on shared storage ("can't clone VM to node … (VM
 * uses local storage)") and the storage it is cloned to is shared as well ("can't clone to non-shared storage …"). So a
 * single template for several nodes takes shared storage, and else there is a template on each node. Their ids differ,
 * as those of all VMs of a Proxmox cluster do. The template of a pool that uses one node is taken to be on that node.
 */
export function checkTemplates(
  users: readonly TemplateUser[],
  nodes: KnownNodes,
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
