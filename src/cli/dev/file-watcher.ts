import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { withParents } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';

/** Milliseconds without another change that end a burst. */
const DEBOUNCE = 25;

/**
 * Reports changes of files, one burst at a time. It watches folders, because editors replace files; for a missing file,
 * the nearest folder that exists.
 */
export class FileWatcher {
  #files: ReadonlySet<string> = new Set();
  readonly #folders = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange receives the absolute paths of the changed files. */
  constructor(private readonly onChange: (paths: readonly string[]) => void) {}

  /**
   * Replaces the watched files.
   *
   * @param files absolute paths.
   * @throws CommandError if the system refuses to watch a folder. All other folders are watched.
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

  /** @returns why the folder cannot be watched. One that was just removed is tried again at the next change. */
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
    this.#timer = setTimeout(() => this.#report(), DEBOUNCE);
  }

  /** Returns the watched file at a path, or those below it. */
  #filesAt(path: string): string[] {
    if (this.#files.has(path)) return [path];
    return [...this.#files].filter((file) => file.startsWith(path + sep));
  }

  #report(): void {
    const paths = [...this.#changed];
    this.#changed.clear();
    this.onChange(paths);
  }
}

/** The limits of the operating system, and how to raise them. */
const LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: 'the limit of watched files is reached. Raise it with "sudo sysctl fs.inotify.max_user_watches=524288".',
  EMFILE:
    'too many open files or watchers. Raise the limit with "ulimit -n 8192", ' +
    'or on Linux with "sudo sysctl fs.inotify.max_user_instances=512".',
};

function refusal(folder: string, error: NodeJS.ErrnoException): CommandError | undefined {
  if (error.code === 'ENOENT') return undefined;
  return new CommandError(`Cannot watch ${folder}: ${LIMITS[error.code ?? ''] ?? error.message}`, {
    cause: error,
  });
}

function nearestFolder(file: string): string {
  return withParents(dirname(file)).find((folder) => existsSync(folder))!;
}
