import { execFileSync } from "node:child_process";
import os from "node:os";
import { PVE_PACKAGE } from "../../provider/mirror/provider-package";
import { median, type Figure } from "./figure";

/** Where figures were measured: they mean nothing without it. */
interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly terraform: string;
  readonly provider: string;
  /** Runnable processes over the last minute before the measurement. */
  readonly loadAverage: number;
}

/** Everything that one run of the benchmark found out. */
export interface Report {
  /** ISO 8601, when it began. */
  readonly date: string;
  /** What was typed. */
  readonly command: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

/** @throws Error where there is no terraform on the PATH */
export function describeMachine(): Machine {
  const version = execFileSync("terraform", ["version", "-json"], { encoding: "utf8" });
  const { terraform_version: terraform } = JSON.parse(version) as { terraform_version: string };
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? "unknown",
    cores: cpus.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    terraform,
    provider: PVE_PACKAGE.version,
    loadAverage: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** The report as Markdown. */
export function formatReport({ date, command, machine, figures }: Report): string {
  const rows = figures.map((figure) => {
    const { measure, name, unit, samples } = figure;
    const value = median(samples);
    const spread =
      samples.length === 1 ? "" : `${print(Math.min(...samples))} – ${print(Math.max(...samples))}`;
    return [
      measure,
      name,
      `${print(value)} ${unit}`.trimEnd(),
      spread,
      String(samples.length),
      goalOf(figure),
    ];
  });
  return [
    `Measured ${date} with \`${command}\` on ${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, ` +
      `${machine.system}, load ${machine.loadAverage} before; Node ${machine.node}, Terraform ${machine.terraform}, ` +
      `provider ${machine.provider}.`,
    "",
    ...markdownTable(["measure", "figure", "median", "range", "runs", "goal"], rows),
  ].join("\n");
}

function goalOf({ samples, atMost, atLeast }: Figure): string {
  const value = median(samples);
  const verdict = (isMet: boolean): string => (isMet ? "met" : "**missed**");
  if (atMost !== undefined) return `≤ ${atMost}: ${verdict(value <= atMost)}`;
  if (atLeast !== undefined) return `≥ ${atLeast}: ${verdict(value >= atLeast)}`;
  return "";
}

/** Three significant digits, but never fewer than the whole part has. */
function print(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
