import { CLUSTER_COLOURS, DARK, LIGHT } from "./palette";
import type { Theme } from "./palette";
import { MONO_FAMILY, SANS_FAMILY } from "./fonts";

/** The style sheet of the page around the picture. */
export function pageStyle(): string {
  return [
    `:root{color-scheme:light dark;${variables(LIGHT)}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}`,
    // A printer has no dark theme.
    "@media print{:root{color-scheme:light}}",
    `body{margin:0;background:var(--page);color:var(--ink);font:14px/1.45 ${SANS_FAMILY}}`,
    "main{max-width:1600px;margin:0 auto;padding:16px}",
    "figure{margin:0 0 24px;overflow-x:auto}",
    "figure svg{display:block;width:100%;min-width:720px;height:auto;margin:0 auto}",
    "h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}",
    "h2{font-size:18px;margin:32px 0 10px}",
    "nav{display:flex;flex-wrap:wrap;gap:6px 20px;margin:0 0 8px}",
    "a{color:var(--link)}",
    ".wide{overflow-x:auto}",
    "table{border-collapse:collapse;width:100%;min-width:560px}",
    "nav,section{padding:0 clamp(0px,2vw,28px)}",
    "th,td{text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid var(--border)}",
    "th{font-weight:600;color:var(--muted);white-space:nowrap}",
    "td{overflow-wrap:break-word}",
    ".n{text-align:right;white-space:nowrap}",
    `code{font-family:${MONO_FAMILY};font-size:13px}`,
    "small{color:var(--muted)}",
    ".m{color:var(--muted)}",
    ".b{display:inline-block;min-width:18px;padding:0 4px;margin-right:7px;border-radius:4px;box-sizing:border-box;text-align:center;font-weight:600;font-size:12px;color:var(--on);print-color-adjust:exact;-webkit-print-color-adjust:exact}",
    ...Array.from({ length: CLUSTER_COLOURS }, (_, index) => `.b${index}{background:var(--c${index})}`),
    "label{display:block;margin:0 0 10px}",
    "input{font:inherit;padding:5px 8px;margin:0 10px;width:min(20em,60%);border:1px solid var(--muted);border-radius:6px;background:var(--page);color:var(--ink)}",
    "[hidden]{display:none}",
    "@media print{main{padding:0;max-width:none}nav,label{display:none}figure{overflow:visible;break-after:page}" +
      "figure svg{min-width:0;width:auto;max-width:100%;max-height:96vh}.wide{overflow:visible}table{font-size:8pt;min-width:0}" +
      "th,td{padding:3px 8px 3px 0}code{font-size:7.5pt}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}",
  ].join("\n");
}

function variables(theme: Theme): string {
  const { page, ink, muted, border, onColour, clusters } = theme;
  const link = clusters[0]?.[0] ?? ink;
  const named = { page, ink, muted, border, on: onColour, link };
  return [
    ...Object.entries(named).map(([name, colour]) => `--${name}:${colour}`),
    ...clusters.map(([colour], index) => `--c${index}:${colour}`),
  ].join(";");
}
