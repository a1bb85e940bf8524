import type { ServerResponse } from "node:http";
import type { SpoiledAnswer } from "../faults/call-faults";
import { ApiError } from "../schema/api-error";
import { PlainError, sendError } from "./response";

/** What is said where a fault gives a status alone. The 59x are those of the server's own proxy to other nodes. */
const DEFAULT_MESSAGES: Readonly<Record<number, string>> = {
  401: "Authentication failed!",
  500: "a simulated failure",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  595: "No route to host",
  596: "Connection timed out",
  597: "Broken pipe",
  599: "Too many redirections",
};

/** Answers as the fault wants it, or breaks the connection. */
export function spoilAnswer(response: ServerResponse, { outcome }: SpoiledAnswer): void {
  switch (outcome.kind) {
    case "drop":
      response.destroy();
      return;
    case "half-answer":
      sendHalf(response, outcome.data);
      return;
    case "answer": {
      const { status, errors, message = DEFAULT_MESSAGES[status] ?? "a simulated failure" } = outcome.answer;
      // A status of 59x comes without a body: the proxy has none to pass on.
      if (status >= 595 || status === 401) sendError(response, new PlainError(status, message, ""));
      else if (status >= 502 && status <= 504) sendError(response, new PlainError(status, message));
      else sendError(response, new ApiError(status, `${message}\n`, errors));
    }
  }
}

function sendHalf(response: ServerResponse, data: unknown): void {
  const body = Buffer.from(JSON.stringify({ data: data ?? null }));
  response.writeHead(200, {
    "Content-Type": "application/json;charset=UTF-8",
    "Content-Length": body.length,
    Connection: "Keep-Alive",
  });
  response.write(body.subarray(0, body.length >> 1), () => {
    response.destroy();
  });
}
