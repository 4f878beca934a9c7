/** Separates a resource from its settings. Constructs have no member `from`. */
export function withSettings(value: unknown): { readonly from: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value
    ? (value as { from: unknown })
    : { from: value };
}
