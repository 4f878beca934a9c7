import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CommandError } from '../framework/command-error.js';
import { isFile, withParents } from './paths.js';
import { unifiedDiff } from './unified-diff.js';

/** File contents by path. */
export type Files = Readonly<Record<string, string>>;

interface Change {
  readonly path: string;
  /** `undefined` for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Files to create and edit inside one folder. Nothing is written unless everything can be. */
export class Changes {
  readonly #changes: Change[] = [];

  /** @param root the folder, which must exist. */
  constructor(private readonly root: string) {}

  /** @param path relative to the root. */
  create(path: string, text: string): void {
    this.#changes.push({ path: this.#inside(path), before: undefined, after: text });
  }

  /**
   * The file keeps its line breaks.
   *
   * @param change returns the new text, or the same one to change nothing.
   */
  edit(path: string, change: (text: string) => string): void {
    const inside = this.#inside(path);
    const before = readFileSync(join(this.root, inside), 'utf8');
    const after = withLineBreaksOf(before, change(before));
    if (after !== before) this.#changes.push({ path: inside, before, after });
  }

  /** @throws CommandError if a file to create exists, or a file is where a folder must be. */
  check(): void {
    const created = this.#changes.filter(({ before }) => before === undefined);
    const blocking = new Set(created.flatMap(({ path }) => blockingPath(join(this.root, path)) ?? []));
    if (blocking.size === 0) return;
    const list = Array.from(blocking, (path) => `  ${slashed(relative(this.root, path))}`).join('\n');
    throw new CommandError(
      `Nothing was written, because these files already exist:\n${list}\nRemove them or choose another name.`,
    );
  }

  /** Returns what `write` would do as a diff that `git apply` accepts. */
  diff(): string {
    return this.#changes.map(({ path, before, after }) => unifiedDiff(slashed(path), before, after)).join('');
  }

  /**
   * Writes all changes.
   *
   * @returns one line for each file that was written, such as `CREATE src/orders/orders.service.ts`.
   */
  async write(): Promise<string[]> {
    this.check();
    for (const { path, before, after } of this.#changes) {
      const target = join(this.root, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, after, { flag: before === undefined ? 'wx' : 'w' });
    }
    return this.#changes.map(({ path, before }) => `${before === undefined ? 'CREATE' : 'UPDATE'} ${slashed(path)}`);
  }

  #inside(path: string): string {
    const inside = relative(this.root, resolve(this.root, path));
    // A symbolic link in the path may lead out of the root.
    const existing = withParents(join(this.root, inside)).find((each) => existsSync(each))!;
    if (!leadsOut(inside) && !leadsOut(relative(realpathSync(this.root), realpathSync(existing)))) return inside;
    throw new CommandError(`${path} is outside of ${this.root}. Commands write only inside the project.`);
  }
}

/** Returns the new text of a file with the line breaks of Windows, if it had no others before. */
export function withLineBreaksOf(before: string, after: string): string {
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return isWindows ? after.replaceAll(/\r?\n/g, '\r\n') : after;
}

/**
 * Creates or overwrites a file that is generated as a whole.
 *
 * @param root the folder that the file must be in.
 * @param path absolute, or relative to the root.
 * @returns what was done, such as `UNCHANGED openapi.json`.
 */
export async function putFile(root: string, path: string, text: string): Promise<string> {
  const [changes, file] = [new Changes(root), resolve(root, path)];
  if (isFile(file)) changes.edit(path, () => text);
  else changes.create(path, text);
  const [done = `UNCHANGED ${slashed(relative(root, file))}`] = await changes.write();
  return done;
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

/** Returns the path that blocks a new file: the file itself, or a file where it needs a folder. */
function blockingPath(path: string): string | undefined {
  const nearest = withParents(path).find(exists)!;
  return nearest === path || isFile(nearest) ? nearest : undefined;
}

/** A broken symbolic link exists, too. */
function exists(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
