/**
 * Runs a callback as a task, as Node does when we are imported: it must go on while a test's fake
 * timers stand still. Not by `import`, which looks at every export of `node:timers`, and so has
 * Node load `node:timers/promises`.
 */
export const { setImmediate: realImmediate } = process.getBuiltinModule("node:timers");
