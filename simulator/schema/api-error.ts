/**
 * What an API call answers when it refuses or fails.
 *
 * Proxmox VE has no 404, 409 or 423 for these calls: a wrong parameter is 400 with an `errors` map, everything else
 * that goes wrong in a handler is 500 with a text.
 */
export class ApiError extends Error {
  /**
   * @param status HTTP status code
   * @param message the whole text; its first line becomes the reason phrase
   * @param errors parameter name to text, only for status 400
   */
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: Readonly<Record<string, string>>,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/**
 * The 400 that every failed parameter check answers.
 *
 * @param errors parameter name to text
 */
export function parameterError(errors: Readonly<Record<string, string>>): ApiError {
  return new ApiError(400, "Parameter verification failed.\n", errors);
}

/**
 * The 500 with which a handler gives up; the same text ends a task.
 *
 * @param text without the line feed that the server adds
 */
export function failure(text: string): ApiError {
  return new ApiError(500, `${text}\n`);
}

/**
 * The 403 of a caller who may not do what it asks.
 *
 * @param text without the line feed that the server adds
 */
export function forbidden(text: string): ApiError {
  return new ApiError(403, `${text}\n`);
}
