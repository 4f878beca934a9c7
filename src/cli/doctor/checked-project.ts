import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isFile, withParents } from '../files/paths.js';
import { declaredFunctions, type ProjectFunctions } from '../project/package-json.js';

/** The part of any `package.json` that checks read. */
export interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** An installed package. */
export interface InstalledPackage {
  /** With links resolved. */
  readonly folder: string;
  readonly manifest: PackageManifest;
}

/** A project as checks see it. */
export class CheckedProject {
  readonly manifest: PackageManifest;

  /** @param root the folder of `package.json`. */
  constructor(readonly root: string) {
    this.manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageManifest;
  }

  /** The sources of the functions by name. They may not exist. */
  get functions(): ProjectFunctions {
    return declaredFunctions(this.root);
  }

  /** Returns the text of a file of the project, `undefined` if there is none. */
  read(path: string): string | undefined {
    const file = join(this.root, path);
    return isFile(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** Returns the first of some files that exists, with its text. */
  firstOf(paths: readonly string[]): { readonly path: string; readonly text: string } | undefined {
    for (const path of paths) {
      const text = this.read(path);
      if (text !== undefined) return { path, text };
    }
    return undefined;
  }

  /** Finds a package as Node does, from the project or from the folder of another package. */
  installed(name: string, from = this.root): InstalledPackage | undefined {
    for (const parent of withParents(from)) {
      const path = join(parent, 'node_modules', name, 'package.json');
      if (!isFile(path)) continue;
      const folder = realpathSync(dirname(path));
      return { folder, manifest: JSON.parse(readFileSync(path, 'utf8')) as PackageManifest };
    }
    return undefined;
  }

  /** Loads a package of the project. */
  load(name: string): unknown {
    return createRequire(join(this.root, 'package.json'))(name);
  }
}

/** Returns YAML without its comments. What follows a `#` inside of a text goes, too. */
export function withoutComments(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => line.split('#', 1)[0])
    .join('\n');
}
