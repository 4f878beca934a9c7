import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CommandError } from '../framework/errors.js';
import { foldersFrom, isFile } from './paths.js';
import { unifiedDiff } from './unified-diff.js';

/** Texts by the path of their file. */
export type Files = Readonly<Record<string, string>>;

interface Change {
  readonly path: string;
  /** `undefined` for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Files to create and to edit inside of one folder. Nothing is written before all of it is known to be possible. */
export class Changes {
  readonly #changes: Change[] = [];

  /** @param root is there already. */
  constructor(private readonly root: string) {}

  /** @param path from the root. */
  create(path: string, text: string): void {
    this.#changes.push({ path: this.#inside(path), before: undefined, after: text });
  }

  /** @param change gives the new text; the same one for nothing to do. */
  edit(path: string, change: (text: string) => string): void {
    const inside = this.#inside(path);
    const before = readFileSync(join(this.root, inside), 'utf8');
    const after = change(before);
    if (after !== before) this.#changes.push({ path: inside, before, after });
  }

  /** Creates a file, or gives it another text: for what is generated as a whole. */
  put(path: string, text: string): void {
    if (isFile(join(this.root, this.#inside(path)))) this.edit(path, () => text);
    else this.create(path, text);
  }

  /** @throws CommandError when a file to create is there already, or one where a folder is needed. */
  check(): void {
    const created = this.#changes.filter(({ before }) => before === undefined);
    const taken = new Set(created.flatMap(({ path }) => inTheWay(join(this.root, path)) ?? []));
    if (taken.size === 0) return;
    const list = Array.from(taken, (path) => `  ${slashed(relative(this.root, path))}`).join('\n');
    throw new CommandError(
      `Nothing was written, because these files exist:\n${list}\nRemove them, or take another name.`,
    );
  }

  /** What `write` would do, for `git apply`. */
  diff(): string {
    return this.#changes.map(({ path, before, after }) => unifiedDiff(slashed(path), before, after)).join('');
  }

  /** @returns a line a file that says what was done. */
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
    // A link on the way may lead elsewhere.
    const there = foldersFrom(join(this.root, inside)).find((ancestor) => existsSync(ancestor))!;
    if (!leadsOut(inside) && !leadsOut(relative(realpathSync(this.root), realpathSync(there)))) return inside;
    throw new CommandError(`${path} is outside of ${this.root}, where nothing is written.`);
  }
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

/** What is where a file is to be made, or is no folder where it needs one. */
function inTheWay(path: string): string | undefined {
  const nearest = foldersFrom(path).find(isThere)!;
  return nearest === path || isFile(nearest) ? nearest : undefined;
}

/** A link to nowhere is there, too. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
