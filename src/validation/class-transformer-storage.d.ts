// No types come with this file of class-transformer; transformer-store.ts says what is read of it.
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: unknown;
}
