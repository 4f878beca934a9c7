import { dirname, isAbsolute, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

const ENDINGS = ['.ts', '.tsx', '.js', '.json'];

/** The files on which a compilation depends: those that it reads, and those that it may look for in vain. */
export class ReadFiles {
  readonly #paths = new Set<string>();

  get paths(): ReadonlySet<string> {
    return this.#paths;
  }

  plugin(): Plugin {
    return {
      name: 'lambent:read-files',
      load: (id) => {
        if (isAbsolute(id) && !id.includes('\0')) this.#paths.add(id.split('?', 1)[0]!);
        return null;
      },
      resolveId: (source, importer) => {
        if (importer !== undefined && source.startsWith('.')) this.#addCandidates(resolve(dirname(importer), source));
        return null;
      },
    };
  }

  /** An import names the file that TypeScript will make. */
  #addCandidates(path: string): void {
    const stem = path.replace(/\.[cm]?[jt]sx?$/, '');
    for (const ending of ENDINGS) this.#paths.add(stem + ending);
  }
}
