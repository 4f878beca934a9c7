/** As in `  12.3 kB`, in a column of its own width. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
