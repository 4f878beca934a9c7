/**
 * The version of a route that serves every version, and requests without one: `@Version(VERSION_NEUTRAL)`. With
 * versions in the path, the route is at the path without a version.
 */
export const VERSION_NEUTRAL: unique symbol = Symbol.for('lambent.VERSION_NEUTRAL');
