import { countOf } from "../units";
import { path, place, rectangle, text } from "./drawing";
import type { Drawing } from "./drawing";
import { textWidth } from "./fonts";
import { badge, clusterColour, gateSign, ROLE_SIZE, roleMark } from "./marks";
import { MOST_CLUSTERS, MOST_GROUPS, MOST_HOSTS, MOST_NETWORKS } from "./scene";
import type { Scene } from "./scene";

/**
 * What the signs mean that occur in the picture, and what is not drawn one by one.
 * @param gates whether ready gates are drawn
 */
export function drawLegend(scene: Scene, width: number, gates: boolean): Drawing {
  const markup = [path(`M0 .5h${width}`, "rule")];
  let x = 0;
  let y = 18;
  for (const { sign, says } of entries(scene, gates)) {
    const each = sign.width + 8 + textWidth(says, "small");
    if (x > 0 && x + each > width) {
      x = 0;
      y += 24;
    }
    markup.push(
      place(x, y + 9 - sign.height / 2, sign.markup),
      text({ text: says, font: "small", colour: "muted" }, { x: x + sign.width + 8, y: y + 13, width: each }),
    );
    x += Math.ceil(each) + 26;
  }
  y += 24;
  for (const remark of summaryRemarks(scene)) {
    markup.push(text({ text: remark, font: "small", colour: "muted" }, { x: 0, y: y + 12, width }));
    y += 18;
  }
  return { width, height: y, markup: markup.join("") };
}

function entries({ topology, vms }: Scene, gates: boolean): { sign: Drawing; says: string }[] {
  const roles = new Set(vms.map(({ role }) => role));
  const overcommit = topology.nodes.some(({ capacity }) =>
    Object.values(capacity.overcommit).some((factor: number) => factor > 1),
  );
  const role = (name: "server" | "agent"): Drawing => ({
    width: ROLE_SIZE,
    height: ROLE_SIZE,
    markup: roleMark(name, 0, 0, "mark"),
  });
  const list: { sign: Drawing; says: string; when: boolean }[] = [
    {
      sign: badge(1),
      says: "number and colour of a cluster, in the order in which they are made",
      when: true,
    },
    { sign: role("server"), says: "server: Kubernetes control plane", when: roles.has("server") },
    { sign: role("agent"), says: "agent: workloads only", when: roles.has("agent") },
    {
      sign: gateSign(),
      says: "ready gate: open when all VMs of the cluster are ready; who waits for it is made then",
      when: gates,
    },
    {
      sign: {
        width: 36,
        height: 13,
        markup: `${rectangle({ x: 0, y: 3, width: 36, height: 7 }, "track", 3.5)}${rectangle({ x: 0, y: 3, width: 14, height: 7 }, "mark", 3.5)}<path class="notch" d="M24 0v13"/>`,
      },
      says: "taken of what may be given to VMs; right of the notch it is over-commit",
      when: overcommit,
    },
    {
      sign: {
        width: 36,
        height: 18,
        markup: `${rectangle({ x: 0, y: 3, width: 36, height: 12 }, "track", 3)}${rectangle({ x: 14, y: 3, width: 14, height: 12 }, clusterColour(1))}<path class="notch" d="M6 0v18"/>`,
      },
      says: "addresses of a network that are taken, and by which cluster; the notch is the gateway",
      when: true,
    },
  ];
  return list.filter(({ when }) => when);
}

/** Sentences that say what is drawn in sum only; none where all is drawn. */
export function summaryRemarks({ topology, vms, detail, groups }: Scene): string[] {
  const remarks: string[] = [];
  if (detail === "counts")
    remarks.push(`Summarised: the ${countOf(vms.length, "VM")} are counted by pool and host.`);
  const limits: readonly (readonly [count: number, most: number, kind: string])[] = [
    [topology.clusters.length, MOST_CLUSTERS, "clusters"],
    [topology.nodes.length, MOST_HOSTS, "hosts"],
    [topology.networks.length, MOST_NETWORKS, "networks"],
    [Math.max(0, ...[...groups.values()].map(({ length }) => length)), MOST_GROUPS, "pools of a host"],
  ];
  const summed = limits.filter(([count, most]) => count > most);
  if (summed.length > 0)
    remarks.push(
      `Drawn one by one: ${summed.map(([, most, kind]) => `the first ${most} ${kind}`).join(", ")}; the others in sum.`,
    );
  return remarks;
}
