import type { Cluster, Pool } from "../../topology";
import { addressRuns, vmIdRuns } from "../runs";
import { countOf } from "../units";
import { place, rectangle, text } from "./drawing";
import type { Drawing, Run } from "./drawing";
import { textWidth } from "./fonts";
import { badge, clusterColour, gateSign, ROLE_SIZE, roleMark } from "./marks";
import type { Scene } from "./scene";
import { sizesOf } from "./vm-figures";

const PADDING = 16;
const LINE = 18;
/** Pools of a cluster are told one by one up to so many. */
const MOST_POOLS = 6;
/** Runs of VM ids and addresses of a pool. */
const MOST_RUNS = 3;

/**
 * One cluster: what it is for, its pools, what it waits for and where its API is. Its VMs are drawn with their hosts.
 * @param options `gate`: whether the gates it waits for are drawn on it, no lines leading here from them
 */
export function drawCluster(
  cluster: Cluster,
  scene: Scene,
  width: number,
  options: { readonly gate: boolean } = { gate: false },
): Drawing {
  const number = scene.numbers.get(cluster.name) ?? 1;
  const inner = width - 2 * PADDING;
  const sign = badge(number);
  const role = cluster.role;
  const roleWidth = textWidth(role, "plain");
  const markup = [
    place(PADDING, 13, sign.markup),
    text(
      { text: cluster.name, font: "heading" },
      { x: PADDING + sign.width + 9, y: 28, width: inner - sign.width - 9 - roleWidth - 12 },
    ),
    text(
      { text: role, font: "plain", colour: "muted" },
      { x: width - PADDING, y: 28, width: roleWidth, anchor: "end" },
    ),
  ];
  let y = 52;
  const line = (runs: readonly Run[], x = PADDING) => {
    markup.push(text(runs, { x, y, width: width - PADDING - x }));
    y += LINE;
  };
  for (const pool of cluster.pools.slice(0, MOST_POOLS)) {
    const ids = vmIdsOf(pool);
    const idsWidth = Math.min(textWidth(ids, "plain"), inner / 2);
    const left = PADDING + 4 + ROLE_SIZE + 9;
    markup.push(
      roleMark(pool.role, PADDING + 4, y - 9, clusterColour(number)),
      text(poolRuns(pool), { x: left, y, width: width - PADDING - left - idsWidth - 10 }),
      text(
        { text: ids, font: "plain", colour: "muted" },
        { x: width - PADDING, y, width: idsWidth, anchor: "end" },
      ),
    );
    y += LINE - 1;
    line([{ text: sizesOf(pool.vms), font: "small", colour: "muted" }], left);
    y -= 1;
    line([{ text: addressesOf(pool, width - PADDING - left), font: "smallcode", colour: "muted" }], left);
    y += 4;
  }
  const rest = cluster.pools.slice(MOST_POOLS);
  if (rest.length > 0) {
    const vms = rest.reduce((sum, pool) => sum + pool.vms.length, 0);
    line([
      {
        text: `and ${countOf(rest.length, "more pool")} with ${countOf(vms, "VM")}`,
        font: "plain",
        colour: "muted",
      },
    ]);
  }
  if (cluster.apiAddress !== undefined)
    line([
      { text: "API ", font: "plain", colour: "muted" },
      { text: cluster.apiAddress, font: "code" },
    ]);
  const entry = options.gate && cluster.waitsFor.length > 0 ? gateSign() : undefined;
  if (entry) markup.push(place(PADDING, y - 4 - entry.height / 2, entry.markup));
  line(waitsRuns(cluster), PADDING + (entry ? entry.width + 8 : 0));
  const height = y - LINE + 16;
  const frame =
    rectangle({ x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, "frame", 8) +
    rectangle({ x: 0, y: 0, width: 5, height }, clusterColour(number), 2.5);
  return { width, height, markup: frame + markup.join("") };
}

function poolRuns(pool: Pool): Run[] {
  const count: Run = { text: countOf(pool.vms.length, pool.role), font: "strong" };
  return pool.name === undefined ? [count] : [count, { text: ` · ${pool.name}`, font: "plain" }];
}

function vmIdsOf({ vms }: Pool): string {
  return `${vms.length === 1 ? "id" : "ids"} ${vmIdRuns(vms, MOST_RUNS)}`;
}

/** As many runs of addresses as there is room for. */
function addressesOf({ vms }: Pool, width: number): string {
  const texts = Array.from({ length: MOST_RUNS }, (_, index) => addressRuns(vms, MOST_RUNS - index));
  return texts.find((each) => textWidth(each, "smallcode") <= width) ?? texts.at(-1) ?? "";
}

function waitsRuns({ waitsFor }: Cluster): Run[] {
  if (waitsFor.length === 0) return [{ text: "waits for no other", font: "plain", colour: "muted" }];
  return [
    { text: "waits for ", font: "plain", colour: "muted" },
    { text: waitsFor.join(", "), font: "plain" },
  ];
}
