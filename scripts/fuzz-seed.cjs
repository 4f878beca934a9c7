/** Runs properties from FUZZ_SEED on, or, with FUZZ_PATH too, the one counterexample that a failed property told of. */
const { FUZZ_SEED, FUZZ_PATH } = process.env;
if (FUZZ_SEED)
  require('fast-check').configureGlobal({ seed: Number(FUZZ_SEED), ...(FUZZ_PATH && { path: FUZZ_PATH }) });
