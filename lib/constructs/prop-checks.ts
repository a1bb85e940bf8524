import { Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/** Props of a construct that cannot be used: the caller's mistake, with everything that is wrong with them. */
export class InvalidPropsError extends Error {
  override readonly name = "InvalidPropsError";

  /**
   * @param constructPath path of the construct in the tree, such as "my-stack/web-1"
   * @param failures one sentence for each thing that is wrong; each names the prop
   */
  constructor(
    readonly constructPath: string,
    readonly failures: readonly string[],
  ) {
    super(
      [`The props of ${constructPath} cannot be used:`, ...failures.map((failure) => `  ${failure}`)].join(
        "\n",
      ),
    );
  }
}

/** A rule on the value of one prop: undefined where the value keeps it, else what it must be. It may be asked of an encoded token. */
export type PropRule<T> = (value: T) => string | undefined;

/**
 * Gathers what is wrong with the props of one construct.
 * Values that only Terraform will know (tokens) pass every rule.
 */
export class PropChecks {
  private readonly failures: string[] = [];

  /**
   * Checks a prop that is given; one that is left out passes.
   * @param quote whether the error may repeat the value; not where it could be a secret given by mistake
   */
  check<T>(prop: string, value: T | undefined, rule: PropRule<T>, quote = true): void {
    if (value === undefined || Tokenization.isResolvable(value)) return;
    const must = rule(value);
    // Asked last: with thousands of VMs, looking for tokens in good values would take longer than the rules do.
    if (must !== undefined && !isUnresolved(value))
      this.fail(`'${prop}' must be ${must}${quote ? `, got ${JSON.stringify(value)}` : ""}`);
  }

  /** Checks each entry of a list prop, as {@link check} does. */
  checkEach<T>(prop: string, values: readonly T[] | undefined, rule: PropRule<T>, quote = true): void {
    if (values === undefined || isUnresolved(values)) return;
    values.forEach((value, index) => {
      this.check(`${prop}[${index}]`, value, rule, quote);
    });
  }

  /** Notes a failure that concerns several props. */
  fail(failure: string): void {
    this.failures.push(failure);
  }

  /** @throws InvalidPropsError with every failure so far */
  throwIfAny(scope: Construct): void {
    if (this.failures.length > 0) throw new InvalidPropsError(scope.node.path, this.failures);
  }
}

/** Whether only Terraform will know the value: a CDKTF token, or an expression written by hand ("${var.name}"). */
function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}

/** The rule for a whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): PropRule<number> {
  const must = `a whole number from ${least} to ${most}`;
  return (value) => (Number.isInteger(value) && value >= least && value <= most ? undefined : must);
}

/** The rule for a text that matches a pattern; `must` says what that means to a person. */
export function matching(pattern: RegExp, must: string): PropRule<string> {
  return (value) => (pattern.test(value) ? undefined : must);
}
