/** The value of `x-api-key` for the guarded route. */
export const API_KEY = 'd3b07384-d9a0-4c9b-8f2e-1f6f3a2b5c7d';
