/** Draws whether an event that needs no attention gets a line. */
export function isSampled(sampling: number | undefined): boolean {
  return sampling === undefined || Math.random() < sampling;
}
