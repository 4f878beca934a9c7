import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import type { Bundle } from '../../../build/bundle.js';
import { cacheFolder, compileSources } from '../../project/compile-sources.js';

export interface CompilerSettings {
  /** The project's folder. */
  readonly root: string;
  /** Where compiled functions are kept. */
  readonly cache: string;
}

/** Compiles a function, again and again. */
export class FunctionCompiler {
  /** A module that imports what the function imported when it was compiled last. */
  readonly preload: string;
  #sources: ReadonlySet<string>;
  readonly #folder: string;
  #count = 0;

  constructor(
    private readonly name: string,
    private readonly source: string,
    private readonly settings: CompilerSettings,
  ) {
    this.#sources = new Set([join(settings.root, source)]);
    // Another of the same name, for another source, may have to come to its end yet.
    this.#folder = join(settings.cache, `${name}-${randomUUID()}`);
    this.preload = join(this.#folder, 'preload.mjs');
  }

  /** The files on which the function depends. */
  get sources(): ReadonlySet<string> {
    return this.#sources;
  }

  /**
   * Of compilations that overlap, the one that was begun last says what is read and imported.
   *
   * @returns the compiled function, in a folder of its own.
   * @throws Error of the bundler.
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
      // It may not have come to all files that it will need.
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

/** Imports the packages that the function starts with, in its own sequence. */
function preloadText(chunks: Bundle['chunks']): string {
  const ours = new Set(chunks.map(({ fileName }) => fileName));
  const imports = chunks.filter(({ isDynamicEntry }) => !isDynamicEntry).flatMap((chunk) => chunk.imports);
  return [...new Set(imports)]
    .filter((name) => !ours.has(name))
    .map((name) => `import ${JSON.stringify(name)};\n`)
    .join('');
}

const ENDINGS = ['.ts', '.tsx', '.js', '.json'];

/** The files on which a compilation depends: those that it reads, and those that it may look for in vain. */
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

  /** An import names the file that TypeScript will make. */
  #addCandidates(path: string): void {
    const stem = path.replace(/\.[cm]?[jt]sx?$/, '');
    for (const ending of ENDINGS) this.#paths.add(stem + ending);
  }
}

/** A folder for what this process compiles; those of processes that were killed are removed. */
export function makeSessionFolder(root: string): string {
  const cache = cacheFolder(root);
  const folder = join(cache, `dev-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(cache))
    if (isLeftOver(name)) rmSync(join(cache, name), { recursive: true, force: true });
  return folder;
}

function isLeftOver(name: string): boolean {
  const pid = /^dev-(\d+)$/.exec(name)?.[1];
  return pid !== undefined && !lives(Number(pid));
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
