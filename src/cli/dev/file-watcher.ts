import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { foldersFrom } from '../files/paths.js';
import { CommandError } from '../framework/errors.js';

/** Milliseconds without another change, after which a burst of them is over. */
const QUIET = 25;

/**
 * Tells when files change, a burst at a time. It watches the folders that they are in, because editors put a new file
 * in the place of the old one; a file that is not there yet is awaited in the nearest folder that is.
 */
export class FileWatcher {
  #files: ReadonlySet<string> = new Set();
  readonly #folders = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange is given the paths. */
  constructor(private readonly onChange: (paths: readonly string[]) => void) {}

  /**
   * Watches these files, by their whole paths, and no others any more.
   *
   * @throws CommandError when the system allows no more; what it allows is watched.
   */
  watch(files: Iterable<string>): void {
    this.#files = new Set(files);
    const wanted = new Set([...this.#files].map(nearestFolder));
    for (const folder of this.#folders.keys()) if (!wanted.has(folder)) this.#forget(folder);
    const refusals = [...wanted]
      .filter((folder) => !this.#folders.has(folder))
      .map((folder) => this.#watchFolder(folder));
    const refused = refusals.find((error) => error !== undefined);
    if (refused) throw refused;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const folder of this.#folders.keys()) this.#forget(folder);
  }

  /** One that is removed meanwhile is looked for again with the next change. @returns why it can't be watched. */
  #watchFolder(folder: string): CommandError | undefined {
    try {
      const watcher = watch(folder, (_event, name) => this.#seen(folder, name));
      watcher.on('error', () => this.#forget(folder));
      this.#folders.set(folder, watcher);
      return undefined;
    } catch (error) {
      return refusal(folder, error as NodeJS.ErrnoException);
    }
  }

  #forget(folder: string): void {
    this.#folders.get(folder)?.close();
    this.#folders.delete(folder);
  }

  #seen(folder: string, name: string | null): void {
    const paths = name === null ? [...this.#files] : this.#filesAt(join(folder, name));
    if (!existsSync(folder)) {
      this.#forget(folder);
      paths.push(...this.#filesAt(folder));
    }
    if (paths.length === 0) return;
    for (const path of paths) this.#changed.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), QUIET);
  }

  /** A file, or all that are in a folder. */
  #filesAt(path: string): string[] {
    if (this.#files.has(path)) return [path];
    return [...this.#files].filter((file) => file.startsWith(path + sep));
  }

  #tell(): void {
    const paths = [...this.#changed];
    this.#changed.clear();
    this.onChange(paths);
  }
}

/** What to do where the system watches no more. */
const LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: 'as many are watched as the system allows. Raise it: sudo sysctl fs.inotify.max_user_watches=524288',
  EMFILE:
    'too many files are open, or too many programs watch some. Raise what is too low: ulimit -n 8192, or on Linux sudo sysctl fs.inotify.max_user_instances=512',
};

function refusal(folder: string, error: NodeJS.ErrnoException): CommandError | undefined {
  if (error.code === 'ENOENT') return undefined;
  return new CommandError(`Changes in ${folder} can't be seen: ${LIMITS[error.code ?? ''] ?? error.message}`, {
    cause: error,
  });
}

function nearestFolder(file: string): string {
  return foldersFrom(dirname(file)).find((folder) => existsSync(folder))!;
}
