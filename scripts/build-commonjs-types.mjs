// Writes the types of the CommonJS entries. They name the types of the modules, so that a class is one
// type however a program imports it.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import ts from "typescript";

const IMPORT = 'with { "resolution-mode": "import" }';

/**
 * @param {Readonly<Record<string, string>>} entries - the path of an entry's types in `dist`, by the
 *   path of the file to write, without `.d.cts`
 * @param {{ lib?: string[], types?: string[] }} options - what the types are declared with
 */
export async function buildCommonJsTypes(entries, options = { types: ["node"] }) {
  const program = ts.createProgram(Object.values(entries), {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    ...options,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  for (const [name, file] of Object.entries(entries)) {
    const from = relative(dirname(name), file).replace(/\.d\.ts$/, ".js");
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const symbols = checker.getExportsOfModule(module);
    const names = new Set(symbols.map((symbol) => symbol.name));
    const lines = symbols.map((symbol) => lineOf(symbol, checker, names));
    const text = [
      `import type * as esm from "./${from}" ${IMPORT};`,
      ...lines.filter(({ isValue }) => isValue).map(({ line }) => line),
      "export type {",
      ...lines.filter(({ isValue }) => !isValue).map(({ line }) => line),
      `} from "./${from}" ${IMPORT};`,
    ];
    await mkdir(dirname(name), { recursive: true });
    await writeFile(`${name}.d.cts`, `${text.join("\n")}\n`);
  }
}

/** A value needs a declaration of its own, and a class one of its type as well. */
function lineOf(symbol, checker, exported) {
  const { name } = symbol;
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  if ((target.flags & ts.SymbolFlags.Value) === 0) return { isValue: false, line: `  ${name},` };
  const value = `export declare const ${name}: typeof esm.${name};`;
  if ((target.flags & ts.SymbolFlags.Type) === 0) return { isValue: true, line: value };
  const parameters = target.declarations?.find((node) => node.typeParameters)?.typeParameters ?? [];
  const declared = parameters
    .map((node) => node.getText().replaceAll(/\w+/g, qualified))
    .join(", ");
  const used = parameters.map((node) => node.name.text).join(", ");
  const [on, of] = parameters.length === 0 ? ["", ""] : [`<${declared}>`, `<${used}>`];
  return { isValue: true, line: `${value}\nexport type ${name}${on} = esm.${name}${of};` };

  function qualified(word) {
    return exported.has(word) ? `esm.${word}` : word;
  }
}
