// Writes docs/decisions/README.md: a line for each record. `--check` writes nothing, and fails where
// the index isn't that, or a record lacks its title, status or date.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const FOLDER = "docs/decisions";
const INDEX = `${FOLDER}/README.md`;
const FORM =
  /^# (?<number>\d{4}) (?<title>.+)\n\nStatus: (?<status>.+)\nDate: (?<date>\d{4}-\d\d-\d\d)\n\n\S/;

const names = readdirSync(FOLDER).filter((name) => name !== "README.md");
const rows = names.toSorted().map((name) => {
  const { number, title, status, date } =
    FORM.exec(readFileSync(`${FOLDER}/${name}`, "utf8"))?.groups ?? {};
  if (number === undefined || !name.startsWith(`${number}-`)) {
    throw new Error(`${FOLDER}/${name} must begin: # NUMBER title, Status: …, Date: YYYY-MM-DD`);
  }
  return `| [${number}](${name}) | ${title} | ${status} | ${date} |`;
});
const index = `# Decisions

A record for each choice that a reader would ask about: what was decided, why, and what was not taken.
Written by \`npm run docs:decisions\` from the records.

| record | decision | status | date |
| --- | --- | --- | --- |
${rows.join("\n")}
`;

if (!process.argv.includes("--check")) {
  writeFileSync(INDEX, index);
} else if (readFileSync(INDEX, "utf8") !== index) {
  console.error(`${INDEX} isn't what the records say. Run npm run docs:decisions and commit it.`);
  process.exitCode = 1;
}
