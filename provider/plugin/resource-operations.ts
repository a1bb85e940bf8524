import type { Diagnostic } from "./diagnostic";
import { errorDiagnostic, hasErrors } from "./diagnostic";
import { bugDiagnostic, diagnosticMessages, pathMessage, thrownDiagnostic } from "./diagnostic-message";
import { planBlock } from "./plan";
import { fromPlain } from "./plain-value";
import type { ResourceResult } from "./provider";
import { replacementPaths } from "./replacement";
import type * as rpc from "./rpc-types";
import { emptyObject } from "./schema";
import type { Block } from "./schema";
import type { Session } from "./session";
import { readObject, readValue, Refusal, writeValue } from "./session";
import { pathText, settled, unknownPaths } from "./unknown";
import type { ObjectValue } from "./value";
import { validateBlock } from "./validation";
import { ValueError } from "./value-error";

/** State with nothing unknown in it; what was unknown without another error to explain it is a bug. */
function finishedState(
  operation: string,
  state: ObjectValue | null,
  diagnostics: readonly Diagnostic[],
): { state: ObjectValue | null; diagnostics: readonly Diagnostic[] } {
  const unknown = state ? unknownPaths(state) : [];
  if (state === null || unknown.length === 0) return { state, diagnostics };
  const bugs = hasErrors(diagnostics)
    ? []
    : unknown.map((path) =>
        bugDiagnostic(`After ${operation} the value of ${pathText(path)} is still unknown.`, path),
      );
  return { state: settled(state), diagnostics: [...diagnostics, ...bugs] };
}

/**
 * The answer to an apply. State that does not fit the schema is a bug; `fallback` is kept instead, so that a resource
 * which exists by now is not lost from state.
 */
function appliedResponse(
  operation: string,
  result: ResourceResult,
  block: Block,
  fallback: ObjectValue,
): rpc.NewStateResponse {
  const { state, diagnostics } = finishedState(operation, result.state, requireState(operation, result));
  try {
    return { new_state: writeValue(state, block), diagnostics: diagnosticMessages(diagnostics) };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const faults = [...diagnostics, thrownDiagnostic(operation, error)];
    return { new_state: writeValue(fallback, block), diagnostics: diagnosticMessages(faults) };
  }
}

/** A create or update that ends with nothing and no error would lose the resource without a word. */
function requireState(operation: string, result: ResourceResult): readonly Diagnostic[] {
  const diagnostics = result.diagnostics ?? [];
  if (result.state !== null || hasErrors(diagnostics)) return diagnostics;
  return [...diagnostics, bugDiagnostic(`The ${operation} ended with neither a resource nor an error.`)];
}

/** @throws Refusal for state that this version of the provider cannot read. */
function readStoredState(session: Session, request: rpc.UpgradeStateRequest): ObjectValue {
  const { block, version = 0 } = session.resource(request.type_name).schema;
  const refuse = (detail: string): Refusal =>
    new Refusal([errorDiagnostic(`State of ${request.type_name} cannot be read`, detail)]);
  if (request.version !== version) {
    throw refuse(
      `It was written in version ${request.version} of the resource's schema; provider ${session.provider.name} ` +
        `${session.provider.version} reads version ${version} only. Use the provider's version that wrote it.`,
    );
  }
  const json = request.raw_state?.json ?? new Uint8Array();
  if (json.length === 0) throw refuse("It is in a format of Terraform before 0.12, or empty.");
  try {
    return fromPlain(JSON.parse(Buffer.from(json).toString("utf8")), block);
  } catch (error) {
    if (!(error instanceof ValueError))
      throw refuse("It is not valid JSON. Restore the state from a backup.");
    throw refuse(`${pathText(error.path)}: ${error.message}`);
  }
}

/** The calls for managed resources, by their names in the protocol. */
export function resourceOperations(session: Session) {
  return {
    ValidateResourceConfig: (request: rpc.TypedConfigRequest): rpc.Response => {
      const resource = session.resource(request.type_name);
      const config = readObject(request.config, resource.schema.block);
      const faults = [
        ...validateBlock(resource.schema.block, config),
        ...(resource.validate?.(config) ?? []),
      ];
      return { diagnostics: diagnosticMessages(faults) };
    },

    UpgradeResourceState: (request: rpc.UpgradeStateRequest): rpc.UpgradeStateResponse => {
      const resource = session.resource(request.type_name);
      const state = readStoredState(session, request);
      const context = session.configuredContext();
      if (context) resource.noteState?.(state, context);
      return { upgraded_state: writeValue(state, resource.schema.block) };
    },

    ReadResource: async (request: rpc.ReadRequest): Promise<rpc.NewStateResponse> => {
      const resource = session.resource(request.type_name);
      const { block } = resource.schema;
      const prior = readObject(request.current_state, block);
      const result = await resource.read({ state: prior }, session.context());
      const { state, diagnostics } = finishedState("reading", result.state, result.diagnostics ?? []);
      return { new_state: writeValue(state, block), diagnostics: diagnosticMessages(diagnostics) };
    },

    PlanResourceChange: async (request: rpc.PlanRequestMessage): Promise<rpc.PlanResponse> => {
      const resource = session.resource(request.type_name);
      const { block } = resource.schema;
      const proposed = readValue(request.proposed_new_state, block);
      if (proposed === null) return { planned_state: writeValue(null, block) };
      const prior = readValue(request.prior_state, block);
      const config = readObject(request.config, block);
      const own = planBlock(block, prior, config);
      const result = (await resource.plan?.(
        { prior, planned: own, config },
        session.configuredContext(),
      )) ?? {
        planned: own,
      };
      const replace = prior
        ? [
            ...replacementPaths(block, prior, result.planned),
            ...(result.requiresReplace ?? []).map((name) => [name]),
          ]
        : [];
      return {
        planned_state: writeValue(result.planned, block),
        requires_replace: replace.map(pathMessage),
        diagnostics: diagnosticMessages(result.diagnostics ?? []),
      };
    },

    ApplyResourceChange: async (request: rpc.ApplyRequest): Promise<rpc.NewStateResponse> => {
      const resource = session.resource(request.type_name);
      const { block } = resource.schema;
      const prior = readValue(request.prior_state, block);
      const planned = readValue(request.planned_state, block);
      const context = session.context();
      if (planned === null) {
        if (prior === null) throw new Error("Terraform asked to delete what has no state");
        const diagnostics = await resource.delete({ state: prior }, context);
        const left = hasErrors(diagnostics) ? prior : null;
        return { new_state: writeValue(left, block), diagnostics: diagnosticMessages(diagnostics) };
      }
      const config = readObject(request.config, block);
      if (prior === null) {
        const created = await resource.create({ planned, config }, context);
        return appliedResponse("create", created, block, settled(planned));
      }
      return appliedResponse(
        "update",
        await resource.update({ prior, planned, config }, context),
        block,
        prior,
      );
    },

    ImportResourceState: (request: rpc.ImportRequest): rpc.ImportResponse => {
      const resource = session.resource(request.type_name);
      const { block } = resource.schema;
      if (!resource.importState) {
        throw new Refusal([
          errorDiagnostic(
            "Import not possible",
            `Resources of type ${request.type_name} cannot be imported.`,
          ),
        ]);
      }
      const result = resource.importState(request.id);
      const diagnostics = requireState("import", result);
      if (result.state === null) return { diagnostics: diagnosticMessages(diagnostics) };
      const state = writeValue({ ...emptyObject(block), ...result.state }, block);
      return {
        imported_resources: [{ type_name: request.type_name, state }],
        diagnostics: diagnosticMessages(diagnostics),
      };
    },
  };
}
