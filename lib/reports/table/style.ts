/** How a report stands out in a terminal. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly warning: (text: string) => string;
}

/** For files, pipes, and whoever wants no colours. */
export const PLAIN: Style = { heading: (text) => text, warning: (text) => text };

/** For terminals. */
export const COLOURED: Style = {
  heading: (text) => `\u001b[1m${text}\u001b[22m`,
  warning: (text) => `\u001b[33m${text}\u001b[39m`,
};
