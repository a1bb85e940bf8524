import * as fs from "node:fs";
import * as path from "node:path";
import {
  compareResources,
  declaredResources,
  renderDiff,
  renderMermaid,
  renderTable,
} from "../../../lib/reports";
import { loadTopology, resolveTopology, type TopologyInput } from "../../../lib/topology";
import { parse } from "yaml";

const project = path.join(__dirname, "..", "..", "..");
const reference = path.join(project, "topology.yaml");
const topology = loadTopology(reference);

/** The blocks of docs/TOPOLOGY_COMMAND.md that show what the command prints, in their order. */
function shown(): string[] {
  const text = fs.readFileSync(path.join(project, "docs", "TOPOLOGY_COMMAND.md"), "utf8");
  return [...text.matchAll(/<!-- printed -->\n\n```\w+\n([^]*?)```/g)].map(([, block]) => block ?? "");
}

/** The reference with the edits that the document names. */
function editedReference(): TopologyInput {
  const input = parse(fs.readFileSync(reference, "utf8")) as TopologyInput;
  const { "rancher-manager": manager, "nprd-apps": apps } = input.clusters;
  if (!manager || !apps) throw new Error("the reference has other clusters");
  return {
    ...input,
    clusters: {
      "rancher-manager": { ...manager, overrides: { 2: { storage: "local-lvm" } } },
      "nprd-apps": { ...apps, members: 4, memoryMiB: 16384 },
    },
  };
}

test("docs/TOPOLOGY_COMMAND.md shows what the command prints", () => {
  const planned = declaredResources(resolveTopology(editedReference()));
  const diff = compareResources(declaredResources(topology), planned);
  const names = { prior: "terraform.rancher-proxmox.tfstate", planned: "topology.yaml", isState: true };
  expect(shown()).toEqual([
    renderTable(topology, { file: "topology.yaml" }),
    renderMermaid(topology),
    renderDiff(diff, names),
  ]);
});
