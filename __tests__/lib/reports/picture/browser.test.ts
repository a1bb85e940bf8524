import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { renderHtml, renderSvg } from "../../../../lib/reports/picture";
import { FONTS, textWidth } from "../../../../lib/reports/picture/fonts";
import type { FontName } from "../../../../lib/reports/picture/fonts";
import { Chromium, findChromium } from "../../../support/chromium";
import type { Page } from "../../../support/chromium";
import {
  chain,
  enormous,
  fleet,
  longestNames,
  manyLines,
  manyNetworks,
  manySteps,
  reference,
  serversAndWorkers,
} from "../../../support/sample-topologies";

const CHROMIUM = findChromium();
const SCRIPT = fs.readFileSync(
  path.join(__dirname, "..", "..", "..", "support", "picture-faults.js"),
  "utf8",
);
/** What is wrong with how the picture in the page looks. */
const FAULTS = `(() => { const module = {}; ${SCRIPT}; return module.exports(); })()`;

/** The texts of the page around the picture that are not 4.5:1 against what is behind them. */
const CONTRAST = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = new Set();
  for (const element of document.querySelectorAll("h2, a, th, td, small, .b, code, label, input")) {
    let ground = element;
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    const pair = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
    const [light, dark] = pair.map(luminance).sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) < 4.5) low.add(element.nodeName + ": " + pair.join(" on "));
  }
  return [...low];
})()`;

const SAMPLES = [
  ["the reference", reference],
  ["13 VMs, servers and workers on three hosts", serversAndWorkers],
  ["60 VMs on one host", () => fleet(60, 1)],
  ["200 VMs on eight hosts", () => fleet(200, 8)],
  ["200 VMs on one host", () => fleet(200, 1)],
  ["several networks and dual stack", manyNetworks],
  ["the longest names, in cards", () => longestNames(6)],
  ["the longest names, in rows", () => longestNames(40)],
  ["the longest names, counted", () => longestNames(400)],
  ["clusters in several steps", manySteps],
  ["clusters with many lines between them", manyLines],
  ["clusters in more steps than stand side by side", () => chain(6)],
  ["10,000 VMs", enormous],
] as const;

if (CHROMIUM === undefined)
  process.stderr.write(
    "\n*** SKIPPED: all tests in a real browser, for there is no Chromium: name one in CHROMIUM. ***\n\n",
  );

(CHROMIUM === undefined ? describe.skip : describe)("in a real browser", () => {
  let folder: string;
  let browser: Chromium;
  let page: Page;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "picture-"));
    browser = new Chromium(String(CHROMIUM));
    page = await browser.newPage();
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  async function show(name: string, content: string, theme: "light" | "dark", width = 1600): Promise<void> {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    await page.open(pathToFileURL(file).href, theme, width, 1000);
  }

  test.each(SAMPLES)(
    "%s: nothing overflows or overlaps, everything can be read in both themes",
    async (_, make) => {
      const svg = renderSvg(make());
      await show("picture.svg", svg, "light");
      expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
      await show("picture.svg", svg, "dark");
      expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
      expect(page.requests).toEqual([]);
      expect(page.complaints).toEqual([]);
    },
    30_000,
  );

  test("no character is wider than it is taken for", async () => {
    await show("picture.svg", renderSvg(reference()), "light");
    const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
    for (const name of Object.keys(FONTS) as FontName[]) {
      const widths = await page.evaluate<number[]>(`(() => {
        const text = document.querySelector("text").cloneNode();
        text.setAttribute("class", "${name}");
        document.querySelector("svg").append(text);
        return Array.from(${JSON.stringify(characters)}, (character) => {
          text.textContent = "n" + character.repeat(20) + "n";
          const both = text.getComputedTextLength();
          text.textContent = "nn";
          return (both - text.getComputedTextLength()) / 20;
        });
      })()`);
      // Letters of small text are set on a grid of parts of pixels.
      const tooWide = Array.from(characters).filter(
        (character, index) => (widths[index] ?? 0) > textWidth(character, name) + 0.2,
      );
      expect([name, tooWide]).toEqual([name, []]);
    }
  });

  test.each([
    ["light", "dark", "rgb(255,255,255)"],
    ["dark", "light", "rgb(13,17,23)"],
    ["light dark", "light", "rgb(255,255,255)"],
    ["light dark", "dark", "rgb(13,17,23)"],
  ] as const)(
    "as an image on a %s page of a %s system it has the page's theme",
    async (scheme, theme, expected) => {
      const data = Buffer.from(renderSvg(reference())).toString("base64");
      const image = `<img src="data:image/svg+xml;base64,${data}">`;
      await show("page.html", `<!doctype html><meta name="color-scheme" content="${scheme}">${image}`, theme);
      const colour = await page.evaluate<string>(`(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      canvas.drawImage(document.querySelector("img"), 0, 0);
      return "rgb(" + canvas.getImageData(200, 15, 1, 1).data.slice(0, 3).join() + ")";
    })()`);
      expect(colour).toBe(expected);
    },
  );

  test.each(["light", "dark"] as const)(
    "the page fits any width, and can be read in the %s theme",
    async (theme) => {
      for (const width of [400, 1280]) {
        await show("page.html", renderHtml(longestNames(40)), theme, width);
        expect(
          await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        ).toBe(0);
        expect(await page.evaluate<string[]>(CONTRAST)).toEqual([]);
      }
    },
  );

  test("the page runs its filter and nothing else, whatever names say", async () => {
    await show("page.html", renderHtml(longestNames(6)), "light");
    expect(await page.evaluate("document.scripts.length")).toBe(1);
    await show("page.html", renderHtml(serversAndWorkers()), "light");
    const shown = await page.evaluate<string[]>(`(() => {
      const input = document.querySelector("#filter input");
      input.value = "Workers PVE2";
      input.dispatchEvent(new Event("input"));
      const rows = [...document.querySelectorAll("#members ~ .wide tbody tr")].filter((row) => row.checkVisibility());
      return [...rows.map((row) => row.cells[1].textContent), document.querySelector("#filter output").textContent];
    })()`);
    expect(shown).toEqual(["nprd-apps-workers-2", "nprd-apps-workers-5", "2 of 13"]);
    expect(page.requests).toEqual([]);
    expect(page.complaints).toEqual([]);
  });
});
