import { createHash } from "node:crypto";
import type { Topology } from "../../topology";
import { escapeMarkup } from "./escape";
import { pictureTitle } from "./header";
import { pageStyle } from "./html-style";
import { htmlTables, SECTIONS } from "./html-tables";
import { pictureStyle } from "./palette";
import { renderSvg } from "./render-svg";
import { createScene } from "./scene";

/** Hides the members that a word of the filter does not occur in. Without scripts there is no filter. */
const FILTER_SCRIPT = `
const label = document.getElementById("filter");
const input = label.querySelector("input");
const says = label.querySelector("output");
const rows = [...label.closest("section").querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
label.hidden = false;
input.addEventListener("input", () => {
  const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown++;
  }
  says.textContent = words.length === 0 ? "" : shown + " of " + rows.length;
});
`;

const FILTER =
  '<label id="filter" hidden>Filter<input type="search" placeholder="name, id, address, host"><output></output></label>\n';

/**
 * A page with the picture of a topology and, as tables, all there is to know of it: warnings, members, clusters, what is
 * taken of hosts and storages, networks, addresses and VM ids.
 *
 * One file that needs nothing from outside, follows the light or dark theme, and can be printed. It forbids itself, by a
 * content security policy, all but its own styles and the script of its filter. Every VM has a row: it grows with them.
 */
export function renderHtml(topology: Topology): string {
  const scene = createScene(topology);
  const tables = htmlTables(scene, FILTER);
  const sections = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  const filled = sections.filter((section) => tables[section] !== "");
  const links = filled.map((section) => `<a href="#${section}">${SECTIONS[section]}</a>`);
  const title = escapeMarkup(pictureTitle(scene));
  const style = `\n${pageStyle()}\n`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)} ${hashOf(`\n${pictureStyle()}\n`)}`,
    `script-src ${hashOf(FILTER_SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const script = filled.includes("members") ? `<script>${FILTER_SCRIPT}</script>\n` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<figure>
${renderSvg(topology)}</figure>
<nav aria-label="Tables">${links.join(" ")}</nav>
${filled.map((section) => tables[section]).join("")}</main>
${script}</body>
</html>
`;
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
