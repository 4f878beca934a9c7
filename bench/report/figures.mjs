/** Formats a ratio with its significant digits. */
export function formatRatio(ratio) {
  if (ratio >= 100) return ratio.toFixed(0);
  return ratio.toFixed(ratio >= 10 ? 1 : 2);
}
