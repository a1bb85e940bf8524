import type { Path } from "./value";

/** What Terraform shows a person: an error stops the operation, a warning does not. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line, without a full stop. */
  readonly summary: string;
  /** What happened, the value got, what is allowed and what to do next. */
  readonly detail: string;
  /** The attribute at fault. @default - the resource as a whole */
  readonly attribute?: Path;
}

/** An error; `attribute` makes Terraform show the line of the configuration. */
export function errorDiagnostic(summary: string, detail: string, attribute?: Path): Diagnostic {
  return { severity: "error", summary, detail, ...(attribute ? { attribute } : {}) };
}

/** A warning: the operation goes on. */
export function warningDiagnostic(summary: string, detail: string, attribute?: Path): Diagnostic {
  return { severity: "warning", summary, detail, ...(attribute ? { attribute } : {}) };
}

/** Whether any of them stops the operation. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
