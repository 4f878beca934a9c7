/** One file of the folder that is deployed. */
export interface BuiltFile {
  /** In the folder, as in `handler.mjs`. */
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** `entry` has a handler, `shared` is loaded with one, `lazy` is loaded when it is first asked for. */
  readonly role: 'entry' | 'shared' | 'lazy';
}

/** A package that is in the bundle, and why. */
export interface BundledPackage {
  readonly name: string;
  /** Of all files together, after minifying. */
  readonly bytes: number;
  /** The way by which it comes in, from an entry on: files of the application, then packages. */
  readonly importedBy: readonly string[];
}

/** What `build` made, in numbers. */
export interface BuildReport {
  readonly outDir: string;
  /** The folder of the source maps, where there are any. */
  readonly mapsDir?: string;
  readonly files: readonly BuiltFile[];
  /** The heaviest first, the application itself among them. */
  readonly packages: readonly BundledPackage[];
  readonly bytes: number;
  /** Of the files that are loaded with the handler; with the one that loads the most, where there are several. */
  readonly startBytes: number;
  /** What `outDir` has as a zip, near enough; without source maps. */
  readonly zipBytes: number;
  /** Packages that the bundle imports at run time, because they were left out. */
  readonly external: readonly string[];
  readonly warnings: readonly string[];
}
