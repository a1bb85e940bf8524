/** Reports of a resolved topology, for people and for programs. They know the topology alone. */
export { renderAnsible } from "./ansible";
export { renderJson, renderYaml, topologyDocument } from "./document";
export type { ClusterDocument, PoolDocument, TopologyDocument } from "./document";
export { renderMermaid } from "./mermaid";
export { renderHtml, renderSvg } from "./picture";
export { renderTable } from "./table/render-table";
export type { TableOptions } from "./table/render-table";
export { COLOURED, PLAIN } from "./table/style";
export type { Style } from "./table/style";
export * from "./diff";
export { warningLines } from "./warning-lines";
