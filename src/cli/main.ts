#!/usr/bin/env node
/** The `usermedia` command. */
import { runProgram } from "./run-program.ts";

process.exitCode = await runProgram(process.argv, { out: process.stdout, err: process.stderr });
