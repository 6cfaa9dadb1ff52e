/**
 * Imported first. zod compiles its parsers with `new Function` unless told otherwise; the desk's content security
 * policy forbids that, and even zod's probe would be reported as a violation.
 */
const strict = globalThis as { __zod_globalConfig?: { jitless?: boolean } }
strict.__zod_globalConfig = { ...strict.__zod_globalConfig, jitless: true }

export {}
