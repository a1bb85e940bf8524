import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

/**
 * A browser for tests, spoken to over pipes with the DevTools protocol: no port is opened, no library needed.
 * Source: https://chromedevtools.github.io/devtools-protocol/
 */

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium that the environment variable CHROMIUM names, or one in a usual place; undefined where there is none. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM || USUAL_PLACES.find((place) => fs.existsSync(place));
}

const QUIET = [
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // Containers have no user namespaces to make a sandbox of; the only pages shown are the project's own.
  "--no-sandbox",
  "--hide-scrollbars",
];

type Params = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** A running browser. */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #lastId = 0;
  #unread = "";

  /** @param executable as {@link findChromium} gives it */
  constructor(executable: string) {
    this.#profile = fs.mkdtempSync(path.join(os.tmpdir(), "chromium-"));
    this.#process = spawn(
      executable,
      [...QUIET, `--user-data-dir=${this.#profile}`, "--remote-debugging-pipe", "about:blank"],
      // A home of its own: crash reports and caches go there too.
      {
        stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          HOME: this.#profile,
          XDG_CONFIG_HOME: this.#profile,
          XDG_CACHE_HOME: this.#profile,
        },
      },
    );
    (this.#process.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const messages = (this.#unread + text).split("\0");
      this.#unread = messages.pop() ?? "";
      for (const message of messages) this.#receive(JSON.parse(message) as Message);
    });
    const fail = (message: string) => {
      for (const answer of this.#answers.values()) answer({ error: { message } });
    };
    this.#process.once("exit", () => {
      fail("the browser has ended");
    });
    this.#process.once("error", ({ message }) => {
      fail(message);
    });
    // Told of by the end of the process.
    (this.#process.stdio[3] as Writable).on("error", () => undefined);
  }

  /** Sends a command and waits for its result. */
  async send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = ++this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    this.#answers.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  /** Calls back for every event. */
  listen(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  /** A new, empty page. */
  async newPage(): Promise<Page> {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, String(sessionId));
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.send(`${domain}.enable`);
    return page;
  }

  /** Ends the browser and removes what it has written. */
  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, "exit");
      this.send("Browser.close").catch(() => this.#process.kill("SIGKILL"));
      await ended;
    }
    fs.rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #receive(message: Message): void {
    if (message.id !== undefined) this.#answers.get(message.id)?.(message);
    else for (const listener of this.#listeners) listener(message);
  }
}

/** One page of a browser. */
export class Page {
  /** Addresses of all that the page has asked for, but itself. */
  readonly requests: string[] = [];
  /** What the console has told of since the page was opened: errors and warnings. */
  readonly complaints: string[] = [];
  readonly #browser: Chromium;
  readonly #sessionId: string;
  readonly #opened = new Set<string>();
  #loaded = () => {};

  constructor(browser: Chromium, sessionId: string) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    browser.listen((message) => {
      if (message.sessionId === sessionId) this.#note(message);
    });
  }

  send(method: string, params?: Params): Promise<Params> {
    return this.#browser.send(method, params, this.#sessionId);
  }

  /** Shows a document. @param address of a file: "file:///…" */
  async open(address: string, theme: "light" | "dark", width: number, height: number): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await this.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: theme }],
    });
    const loaded = new Promise<void>((resolve) => (this.#loaded = resolve));
    this.#opened.add(address);
    this.requests.length = 0;
    this.complaints.length = 0;
    await this.send("Page.navigate", { url: address });
    await loaded;
  }

  /** What an expression of JavaScript gives in the page: plain data. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  /** A picture of the page as it is shown, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(String(data), "base64");
  }

  #note({ method, params }: Message): void {
    if (method === "Page.loadEventFired") this.#loaded();
    if (method === "Network.requestWillBeSent") {
      const { url } = (params as { request: { url: string } }).request;
      if (!this.#opened.has(url)) this.requests.push(url);
    }
    if (
      method === "Runtime.exceptionThrown" ||
      method === "Runtime.consoleAPICalled" ||
      method === "Log.entryAdded"
    )
      this.complaints.push(JSON.stringify(params));
  }
}
