// `npm run docs`: the live page of the documentation, for a browser on this machine.
import process from "node:process";
import { startDocsServer } from "./docs-server.ts";

const { port } = await startDocsServer(Number(process.env["PORT"] ?? 8012));
console.log(`http://localhost:${port}/ (Ctrl+C ends it)`);
