import { renderHtml, renderSvg } from "../../../../lib/reports/picture";
import {
  enormous,
  longestNames,
  manyNetworks,
  reference,
  serversAndWorkers,
} from "../../../support/sample-topologies";

/** The texts of the rows of a table, by cells, entities left as they are. */
function rowsOf(html: string, id: string): string[][] {
  const section = new RegExp(`<h2 id="${id}">[^]*?</section>`).exec(html)?.[0] ?? "";
  const body = /<tbody>([^]*)<\/tbody>/.exec(section)?.[1] ?? "";
  return [...body.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = ""]) =>
      cell.replace(/<br>/g, "\n").replace(/<[^>]*>/g, ""),
    ),
  );
}

test("the page holds the picture as it is", () => {
  expect(renderHtml(reference())).toContain(renderSvg(reference()));
});

test("every member has a row with all there is to know of it", () => {
  const rows = rowsOf(renderHtml(serversAndWorkers()), "members");
  expect(rows).toHaveLength(13);
  expect(rows[6]).toEqual([
    ...["407", "nprd-apps-workers-1", "2nprd-apps", "workers", "agent", "pve1"],
    ...[
      "192.168.0.106 net0 main",
      "8",
      "16 GiB",
      "100 GiB scsi0 local-vm-zfs\n200 GiB scsi1 local-vm-zfs",
      "400",
    ],
  ]);
  expect(rowsOf(renderHtml(enormous()), "members")).toHaveLength(10_000);
});

test("clusters, what is taken of hosts and storages, networks, addresses and ids have a table each", () => {
  const html = renderHtml(serversAndWorkers());
  expect(rowsOf(html, "clusters")[1]).toEqual([
    ...["2nprd-apps", "apps", "192.168.0.89", "1rancher-manager", "example.com"],
    ...["3", "7", "68", "136 GiB", "2,160 GiB"],
  ]);
  expect(rowsOf(html, "hosts")[0]).toEqual(["pve1", "5", "32 of 32 × 2", "64 of 128 GiB"]);
  expect(rowsOf(html, "storages")[2]).toEqual(["local-vm-zfs", "pve3", "6", "640 of 1,000 GiB"]);
  expect(rowsOf(renderHtml(reference()), "addresses")).toEqual([
    ["main", "192.168.1.100", "192.168.1.102", "1rancher-manager", "", "3", "0"],
    ["main", "192.168.1.110", "192.168.1.112", "2nprd-apps", "", "3", "0"],
  ]);
  expect(rowsOf(renderHtml(reference()), "ids")).toEqual([
    ["401", "403", "1rancher-manager", "", "3", "0"],
    ["404", "406", "2nprd-apps", "", "3", "0"],
  ]);
  expect(rowsOf(renderHtml(manyNetworks()), "networks")[0]).toEqual([
    ...["main", "vmbr0", "14", "the bridge's", "192.168.1.0/24\n2001:db8:14::/64"],
    ...["192.168.1.1\n2001:db8:14::1", "192.168.1.1\n192.168.1.2"],
  ]);
});

test("warnings are told with their rule, place and fix; without any there is no table of them", () => {
  expect(rowsOf(renderHtml(manyNetworks()), "warnings")).toEqual([
    ["even-servers", "clusters.prod-apps", "got 4 servers; use an odd number", "no"],
  ]);
  expect(renderHtml(serversAndWorkers())).not.toContain("#warnings");
});

test("names that would be markup are text", () => {
  const html = renderHtml(longestNames(6));
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain('alert("x")');
});

test("the page is the same for the same topology, and links to nothing outside", () => {
  const html = renderHtml(manyNetworks());
  expect(renderHtml(manyNetworks())).toBe(html);
  expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
    /https?:|\bsrc=|href="[^#]|url\(|@import/,
  );
});
