import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const page = readFileSync("docs/command-json.md", "utf8");
const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);

/**
 * What a command printed with `--json`, which must be as docs/command-json.md says, without a
 * member that the page leaves out.
 * @param command as the page's heading names it, such as `devices`
 * @throws Error that says what differs
 */
export function printedJson(command: string, text: string): unknown {
  const printed: unknown = JSON.parse(text);
  const schema = closed(schemaOf(command)) as object;
  const isValid = ajv.compile(schema);
  if (!isValid(printed)) {
    throw new Error(
      `usermedia ${command} --json isn't as docs/command-json.md says: ${ajv.errorsText(isValid.errors)}`,
    );
  }
  return printed;
}

function schemaOf(command: string): unknown {
  const [, section = ""] = page.split(`## \`usermedia ${command} --json\``);
  const [, schema] = /```json\n([^]*?)\n```/.exec(section) ?? [];
  if (schema === undefined) {
    throw new Error(`docs/command-json.md has no schema of usermedia ${command} --json.`);
  }
  return JSON.parse(schema);
}

/** The schema, refusing members that it doesn't name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, closed(part)]),
  );
  return "properties" in schema ? { ...parts, additionalProperties: false } : parts;
}
