import { FONTS, MONO_FAMILY, SANS_FAMILY } from "./fonts";
import type { Font } from "./fonts";

/** The colours of one theme. Text is at least 4.5:1 against what it stands on, shapes that mean something 3:1 (WCAG 2.2, AA). */
export interface Theme {
  /** Behind everything. */
  readonly page: string;
  /** Frames: hosts. */
  readonly surface: string;
  /** What lies in frames: VMs. */
  readonly card: string;
  readonly border: string;
  readonly ink: string;
  readonly muted: string;
  /** Lines and marks that mean something. */
  readonly mark: string;
  /** What of a capacity is not used. */
  readonly track: string;
  readonly warning: string;
  /** Text on a cluster's colour. */
  readonly onColour: string;
  /** Colours of clusters, and a tint of each to lay cards on. From the ninth cluster on they begin anew: numbers tell them apart. */
  readonly clusters: readonly (readonly [colour: string, tint: string])[];
}

export const LIGHT: Theme = {
  page: "#ffffff",
  surface: "#f6f8fa",
  card: "#ffffff",
  border: "#d1d9e0",
  ink: "#1f2328",
  muted: "#59636e",
  mark: "#59636e",
  track: "#dfe4e9",
  warning: "#9a3412",
  onColour: "#ffffff",
  clusters: [
    ["#2563eb", "#eaf1fe"],
    ["#b45309", "#fcf1e3"],
    ["#0f766e", "#e3f4f2"],
    ["#7c3aed", "#f2ecfe"],
    ["#be185d", "#fcebf3"],
    ["#4d7c0f", "#eff6e2"],
    ["#0e6f97", "#e3f3f9"],
    ["#854d0e", "#f7f0dc"],
  ],
};

export const DARK: Theme = {
  page: "#0d1117",
  surface: "#161b22",
  card: "#0d1117",
  border: "#3d444d",
  ink: "#e6edf3",
  muted: "#9aa4af",
  mark: "#9aa4af",
  track: "#343b44",
  warning: "#f0a35e",
  onColour: "#0d1117",
  clusters: [
    ["#79aeff", "#16243b"],
    ["#f0a24a", "#33230f"],
    ["#4ccabd", "#0f2c2a"],
    ["#bda0ff", "#271f3f"],
    ["#f58bb5", "#381a28"],
    ["#a5cf5f", "#202d11"],
    ["#6bc4ea", "#10293a"],
    ["#d9b26a", "#2e2612"],
  ],
};

/** How many clusters have a colour of their own. */
export const CLUSTER_COLOURS = LIGHT.clusters.length;

/** The class on the root of the picture: its style sheet holds for nothing else on a page. */
export const ROOT_CLASS = "topology-picture";

/**
 * The style sheet of the picture. Colours are written out and not CSS variables: programs that are no browsers
 * (editors, converters to PDF) know none, and show the light theme.
 */
export function pictureStyle(): string {
  const fonts = Object.entries(FONTS).map(([name, { size, bold, mono }]: [string, Font]) => {
    const family = mono ? `font-family:${MONO_FAMILY};` : "";
    return `.${ROOT_CLASS} .${name}{${family}font-size:${size}px;font-weight:${bold ? 600 : 400}}`;
  });
  return [
    `.${ROOT_CLASS}{font-family:${SANS_FAMILY}}`,
    ...fonts,
    ...themeRules(LIGHT),
    // Paper is white, whatever the screen.
    `@media screen and (prefers-color-scheme:dark){`,
    ...themeRules(DARK),
    "}",
  ].join("\n");
}

function themeRules(theme: Theme): string[] {
  const fills = {
    page: theme.page,
    ink: theme.ink,
    muted: theme.muted,
    mark: theme.mark,
    track: theme.track,
    warning: theme.warning,
    on: theme.onColour,
  };
  return [
    ...Object.entries(fills).map(([name, fill]) => `.${ROOT_CLASS} .${name}{fill:${fill}}`),
    `.${ROOT_CLASS} .frame{fill:${theme.surface};stroke:${theme.border}}`,
    `.${ROOT_CLASS} .card{fill:${theme.card};stroke:${theme.border}}`,
    `.${ROOT_CLASS} .rule{fill:none;stroke:${theme.border}}`,
    `.${ROOT_CLASS} .line{fill:none;stroke:${theme.mark};stroke-width:1.5}`,
    `.${ROOT_CLASS} .notch{fill:none;stroke:${theme.ink};stroke-width:1.5}`,
    `.${ROOT_CLASS} .gate{fill:${theme.page};stroke:${theme.mark};stroke-width:1.5}`,
    ...theme.clusters.flatMap(([colour, tint], index) => [
      `.${ROOT_CLASS} .c${index}{fill:${colour}}`,
      `.${ROOT_CLASS} .t${index}{fill:${tint}}`,
    ]),
  ];
}
