// Compiles a folder of programs with one TypeScript and prints what is wrong, a JSON array of lines.
// usage: node compile-programs.mjs COMPILER COMPILATIONS
// Each compilation is { options, rootNames, skipsLibraries }. One process for all of a compiler's
// compilations: what they read in common is parsed once.
import { createRequire } from "node:module";
import process from "node:process";

const [compiler, compilations] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(compiler);
const parsed = new Map();

const lines = JSON.parse(compilations).flatMap(({ name, options, rootNames, checks }) => {
  const converted = ts.convertCompilerOptionsFromJson(options, process.cwd());
  const program = ts.createProgram({
    rootNames,
    options: converted.options,
    host: cachingHost(converted.options),
  });
  const checked = program
    .getSourceFiles()
    .filter((file) => checks === "all" || !/\/(typescript[^/]*|@types)\//.test(file.fileName));
  const found = [
    ...converted.errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  return found.map(({ file, messageText, start = 0 }) => {
    const place =
      file && `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return `${name}: ${place ?? ""}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
});
process.stdout.write(JSON.stringify([...new Set(lines)]));

function cachingHost(options) {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile(fileName, languageVersion, ...rest) {
      const key = `${fileName} ${JSON.stringify(languageVersion)}`;
      const file = parsed.get(key) ?? host.getSourceFile(fileName, languageVersion, ...rest);
      parsed.set(key, file);
      return file;
    },
  };
}
