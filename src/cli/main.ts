#!/usr/bin/env node
import nodeModule from "node:module";
import { runCli } from "./cli.js";

// From Node 22.8 on: a later start takes what an earlier one has compiled.
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();

process.exitCode = await runCli(process.argv);
