// Who takes part. The first is what the others are measured by.

/**
 * `entry` is below `contestants/` and exports `handler`; `packages` says whose node_modules it is built with;
 * `npm` are the packages that its users install, for the list of versions.
 */
export const contestants = [
  { id: 'hand-written', title: 'hand-written', entry: 'hand-written/index.mjs', packages: 'peers', npm: [] },
  { id: 'lambent', title: 'Lambent', entry: 'lambent/index.ts', packages: 'lambent', npm: ['class-validator', 'class-transformer'] },
];

export const [yardstick] = contestants;
