/** A file of the deployed folder. */
export interface BuiltFile {
  /** The path in the folder, such as `handler.mjs`. */
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** `entry` has a handler, `shared` is loaded with it, and `lazy` is loaded by the first `import()`. */
  readonly role: 'entry' | 'shared' | 'lazy';
}

/** A package in the bundle, and why it is there. */
export interface BundledPackage {
  readonly name: string;
  /** The size in all files together, after minifying. */
  readonly bytes: number;
  /** The chain of imports from an entry: files of the application, then packages. */
  readonly importedBy: readonly string[];
}

/** A part of a plan. */
export interface PlanItem {
  readonly kind: 'route' | 'consumer' | 'lazy' | 'dto';
  /** As in `GET /orders/:id`, `sqs queue=orders`, the whole prefix of a lazy module, or `CreateOrder`. */
  readonly name: string;
  /** The controller method, as in `OrdersController.get`. */
  readonly method?: string;
  /** For a DTO class: whether its reader is generated, and what it leaves to class-validator. */
  readonly note?: string;
  /** For a lazy module that the build could not plan, so that its first request does: why. */
  readonly reason?: string;
}

/** Whether the applications of an entry are planned by the build or by each start. */
export interface PlanReport {
  /** The name of the entry's file, without an extension. */
  readonly entry: string;
  readonly planned: 'build' | 'start';
  /** The reason why it is not the build. */
  readonly reason?: string;
  /** The routes, consumers and DTO classes, each with how it was planned. */
  readonly items: readonly PlanItem[];
}

/** The code cache, and what it was made with. */
export interface CodeCacheReport {
  /** The path in the folder, such as `handler.code-cache`. */
  readonly file: string;
  readonly bytes: number;
  /** Its approximate size in a zip. */
  readonly zipBytes: number;
  /** The release of Node, such as `v24.11.0`. */
  readonly node: string;
  readonly flags: readonly string[];
  /** The paths of the events that the handler took, each with the status of the response, if there was one. */
  readonly results: readonly { readonly event: string; readonly status?: number | undefined }[];
  /** The reason why the handler took no more of the events. */
  readonly failure?: string;
}

/** The report of a build, in numbers. */
export interface BuildReport {
  readonly outDir: string;
  /** The folder of the source maps, if there are any. */
  readonly mapsDir?: string;
  readonly files: readonly BuiltFile[];
  /** The application itself and its packages, largest first. */
  readonly packages: readonly BundledPackage[];
  readonly bytes: number;
  /** The size of the files loaded with the handler. With several handlers, of the one that loads most. */
  readonly startBytes: number;
  /** The approximate size of `outDir` as a zip, without source maps. */
  readonly zipBytes: number;
  /** Packages that were left out, which the bundle imports at run time. */
  readonly external: readonly string[];
  readonly warnings: readonly string[];
  /** The plans that the build made, for each entry. */
  readonly plan: readonly PlanReport[];
  /** With the option `codeCache`. */
  readonly codeCache?: CodeCacheReport;
}
