import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import type { Bundle } from '../../../build/bundle.js';
import { compileSources } from '../../project/compile-sources.js';

export interface CompilerSettings {
  /** The project's folder. */
  readonly root: string;
  /** The folder for compiled functions. */
  readonly cache: string;
}

/** Compiles a function each time it starts. */
export class FunctionCompiler {
  /** A module that imports the packages that the last compilation imported. */
  readonly preload: string;
  readonly #folder: string;
  #sources: ReadonlySet<string>;
  #count = 0;

  constructor(
    private readonly name: string,
    private readonly source: string,
    private readonly settings: CompilerSettings,
  ) {
    this.#sources = new Set([join(settings.root, source)]);
    // A function of the same name with another source may still be shutting down.
    this.#folder = join(settings.cache, `${name}-${randomUUID()}`);
    this.preload = join(this.#folder, 'preload.mjs');
  }

  /** The files that the function depends on. */
  get sources(): ReadonlySet<string> {
    return this.#sources;
  }

  /**
   * Compiles the function into a new folder. If compilations overlap, the last one to begin decides `sources` and
   * `preload`.
   *
   * @returns the path of the compiled function.
   * @throws the bundler's error.
   */
  async compile(): Promise<string> {
    const count = ++this.#count;
    const file = join(this.#folder, String(count), `${this.name}.mjs`);
    const folder = dirname(file);
    const read = new ReadFiles();
    await mkdir(folder, { recursive: true });
    try {
      const files = { [this.name]: this.source };
      const { chunks } = await compileSources({ root: this.settings.root, files, folder, plugins: [read.plugin()] });
      if (count !== this.#count) return file;
      this.#sources = read.paths;
      await writeFile(this.preload, preloadText(chunks));
    } catch (error) {
      // The failed compilation may not have read all files it depends on, so the earlier ones stay.
      if (count === this.#count) this.#sources = new Set([...this.#sources, ...read.paths]);
      await this.remove(file);
      throw error;
    }
    return file;
  }

  /** Removes a compiled function. */
  async remove(file: string): Promise<void> {
    await rm(dirname(file), { recursive: true, force: true });
  }
}

/** Writes imports of the packages that the function loads at the start, in its own order. */
function preloadText(chunks: Bundle['chunks']): string {
  const chunkNames = new Set(chunks.map(({ fileName }) => fileName));
  const imports = chunks.filter(({ isDynamicEntry }) => !isDynamicEntry).flatMap((chunk) => chunk.imports);
  return [...new Set(imports)]
    .filter((name) => !chunkNames.has(name))
    .map((name) => `import ${JSON.stringify(name)};\n`)
    .join('');
}

const EXTENSIONS = ['.ts', '.tsx', '.js', '.json'];

/** The files that a compilation depends on: those it reads, and those whose creation would change an import. */
class ReadFiles {
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

  /** An import names the output file, so its source may have any of these extensions. */
  #addCandidates(path: string): void {
    const stem = path.replace(/\.[cm]?[jt]sx?$/, '');
    for (const extension of EXTENSIONS) this.#paths.add(stem + extension);
  }
}
