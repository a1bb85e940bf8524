"use strict";

/**
 * Lets `node --require ./scripts/register-typescript.cjs FILE.ts` run this project's TypeScript. Types are taken out, not
 * checked: that is what `npm run typecheck` is for.
 *
 * ts-node does the same, and loads all of TypeScript's compiler first, even where swc does the work: a third of the
 * processor time in which the reference is synthesized.
 */

const fs = require("node:fs");
const { SourceMap } = require("node:module");
const { inspect } = require("node:util");
const { transformSync } = require("@swc/core");

/** Source maps as JSON, by file: they are read where an error is shown, and not before. */
const maps = new Map();

require.extensions[".ts"] = (module, filename) => {
  const { code, map } = compile(filename);
  if (map !== undefined) maps.set(filename, map);
  module._compile(code, filename);
};

function compile(filename) {
  try {
    return transformSync(fs.readFileSync(filename, "utf8"), {
      filename,
      swcrc: false,
      configFile: false,
      // With --enable-source-maps Node maps every stack trace, caught ones too, which takes longer than all of compiling.
      sourceMaps: process.sourceMapsEnabled ? "inline" : true,
      module: { type: "commonjs", ignoreDynamic: true },
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
    });
  } catch (error) {
    // After what is wrong and where come addresses in swc's own machine code.
    throw new SyntaxError(error.message.split("\n\nCaused by:")[0]);
  }
}

/** An error's text, with places in TypeScript instead of those in what was made of it. */
function readable(error) {
  return inspect(error).replace(
    /(\(|at (?:async )?)(\/[^\n]*?\.ts):(\d+):(\d+)/g,
    (place, before, file, line, column) => {
      const map = maps.get(file);
      if (map === undefined) return place;
      const { originalLine, originalColumn } = new SourceMap(JSON.parse(map)).findEntry(line - 1, column - 1);
      return originalLine === undefined
        ? place
        : `${before}${file}:${originalLine + 1}:${originalColumn + 1}`;
    },
  );
}

process.on("uncaughtException", (error) => {
  // Whoever else handles such errors says what becomes of them.
  if (process.listenerCount("uncaughtException") > 1) return;
  process.stderr.write(`${process.sourceMapsEnabled ? inspect(error) : readable(error)}\n`);
  process.exit(1);
});
