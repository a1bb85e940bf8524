/**
 * The kinds of text in the picture and how wide they get. The picture is drawn without a browser and shown with whatever
 * font a system has, so widths are estimated for the widest of the usual ones; in any other there is a little more room.
 */

/** One kind of text. */
export interface Font {
  /** In pixels of the picture. */
  readonly size: number;
  readonly bold: boolean;
  readonly mono: boolean;
}

/** Every kind of text in the picture; the name is its class in the style sheet too. */
export const FONTS = {
  title: { size: 24, bold: true, mono: false },
  total: { size: 20, bold: true, mono: false },
  heading: { size: 16, bold: true, mono: false },
  name: { size: 13, bold: true, mono: false },
  plain: { size: 12, bold: false, mono: false },
  strong: { size: 12, bold: true, mono: false },
  small: { size: 11, bold: false, mono: false },
  code: { size: 12, bold: false, mono: true },
  smallcode: { size: 11, bold: false, mono: true },
} as const satisfies Readonly<Record<string, Font>>;

/** Name of a kind of text. */
export type FontName = keyof typeof FONTS;

/** The system's own fonts: nothing is loaded. */
export const SANS_FAMILY = 'system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif';
export const MONO_FAMILY = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace';

/**
 * Widths in thousandths of the font size, regular and bold, by the characters that have them or a little less: those of
 * DejaVu Sans, which is wider than Arial, Helvetica, Roboto, Segoe UI and San Francisco.
 */
const WIDTHS: readonly (readonly [characters: string, regular: number, bold: number])[] = [
  [" ',.ijl·", 320, 381],
  ["IJ/\\|:;", 340, 401],
  ["-ft()[]", 393, 480],
  ['!r"', 460, 522],
  ["*_`–sz?", 531, 597],
  ["cLvyxkFP", 604, 734],
  ["TYaeohnuE", 635, 726],
  ["S0123456789$bdgpq{}", 638, 722],
  ["KAVXZBRC", 720, 790],
  ["UNHDG", 775, 838],
  ["OQ&w#+<=>^~×→", 838, 925],
  ["mMW%@…⚠", 1000, 1105],
];
const WIDTH_OF = new Map(
  WIDTHS.flatMap(([characters, regular, bold]) =>
    Array.from(characters, (character) => [character, [regular, bold]] as const),
  ),
);
/** Of a character of any other script: as wide as high, and a little over. */
const OTHER_WIDTH = [1100, 1200] as const;
const MONO_WIDTH = 620;

/** How wide a text gets at most, in pixels of the picture. */
export function textWidth(text: string, name: FontName): number {
  const { size, bold, mono }: Font = FONTS[name];
  let thousandths = 0;
  for (const character of text) {
    const [regular, heavy] = WIDTH_OF.get(character) ?? OTHER_WIDTH;
    thousandths += mono && character <= "~" ? MONO_WIDTH : bold ? heavy : regular;
  }
  return (thousandths * size) / 1000;
}

/**
 * The text, or where it is wider than `width` its beginning and its end with "…" between them: members and addresses
 * differ at their ends. Empty where not even that fits.
 */
export function fitText(text: string, name: FontName, width: number): string {
  // Sums of widths differ in their last digits by the order of adding.
  if (textWidth(text, name) <= width + 0.01) return text;
  const characters = Array.from(text);
  let low = 0;
  let high = characters.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(shortened(characters, middle), name) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : shortened(characters, low);
}

/** `kept` of the characters, one third of them from the end. */
function shortened(characters: readonly string[], kept: number): string {
  const tail = Math.floor(kept / 3);
  return `${characters.slice(0, kept - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
}
