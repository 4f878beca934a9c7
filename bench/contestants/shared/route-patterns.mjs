export const CONTROLLERS = 10;

/** Returns the routes of a graph of `size` modules, one for each of its controllers. */
export function routePatterns(size) {
  return Array.from({ length: size * CONTROLLERS }, (_, index) => `/c${index}/items/:id`);
}
