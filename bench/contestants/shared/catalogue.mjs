const PRODUCTS = 108;

/** A response of about 10 kB of JSON. */
export const catalogue = Array.from({ length: PRODUCTS }, (_, index) => ({
  sku: `TEA-${String(index).padStart(4, '0')}`,
  name: `Darjeeling, first flush, number ${index}`,
  unitPrice: 450 + index,
  inStock: index % 3 !== 0,
}));
