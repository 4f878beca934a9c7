import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFile, withParents } from '../files/paths.js';
import {
  declaredFunctions,
  parseManifest,
  type ProjectFunctions,
  projectManifest,
  type ProjectManifest,
} from '../project/package-json.js';

/** The part of an installed package's `package.json` that checks read. */
interface PackageManifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
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
  readonly manifest: ProjectManifest;

  /**
   * @param root the folder of `package.json`.
   * @throws CommandError if that file cannot be read.
   */
  constructor(readonly root: string) {
    this.manifest = projectManifest(root);
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
      return { folder, manifest: parseManifest<PackageManifest>(path, () => readFileSync(path, 'utf8')) };
    }
    return undefined;
  }
}

/** Returns YAML without its comments. What follows a `#` inside of a text goes, too. */
export function withoutComments(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => line.split('#', 1)[0])
    .join('\n');
}

/** Something that a project should change. */
export interface Finding {
  /** An `error` breaks the application; a `warning` may. */
  readonly level: 'error' | 'warning';
  /** The mistake, with the file and the value. */
  readonly what: string;
  /** The consequence. */
  readonly why: string;
  /** The exact change. */
  readonly change: string;
}

/** Looks for one kind of mistake. */
export type Check = (project: CheckedProject) => readonly Finding[] | Promise<readonly Finding[]>;
