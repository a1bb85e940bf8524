import type { Diagnostic } from "./diagnostic";
import { errorDiagnostic } from "./diagnostic";
import type { AttributePathMessage, DiagnosticMessage } from "./rpc-types";
import { pathText } from "./unknown";
import type { Path } from "./value";
import { ValueError } from "./value-error";

/** A path as the protocol's message. */
export function pathMessage(path: Path): AttributePathMessage {
  return {
    steps: path.map((step) =>
      typeof step === "number" ? { element_key_int: step } : { attribute_name: step },
    ),
  };
}

/** Diagnostics as the protocol's messages. */
export function diagnosticMessages(diagnostics: readonly Diagnostic[]): DiagnosticMessage[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severity === "error" ? 1 : 2,
    summary,
    detail,
    ...(attribute && attribute.length > 0 ? { attribute: pathMessage(attribute) } : {}),
  }));
}

/** A fault of the provider itself. @param what A full sentence. */
export function bugDiagnostic(what: string, attribute?: Path): Diagnostic {
  return errorDiagnostic(
    "Bug in the provider",
    `${what} This is a fault of the provider, not of the configuration: please report it with this message.`,
    attribute,
  );
}

/** What was thrown where nothing should be, as a diagnostic. */
export function thrownDiagnostic(operation: string, thrown: unknown): Diagnostic {
  if (thrown instanceof ValueError) {
    return bugDiagnostic(`${operation}, attribute ${pathText(thrown.path)}: ${thrown.message}`, thrown.path);
  }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return bugDiagnostic(`${operation} failed unexpectedly. ${message}.`);
}
