interface Entry<V> {
  readonly value: V;
  readonly end: number;
}

/** Values of windows that have not ended, in memory, and no more of them than it may keep. */
export class WindowMap<V> {
  readonly #entries = new Map<string, Entry<V>>();

  /** @param most How many windows are kept. Beyond that, the oldest are dropped. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): V | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.end > Date.now()) return entry?.value;
    this.#entries.delete(id);
    return undefined;
  }

  set(id: string, value: V, end: number): void {
    if (!this.#entries.has(id) && this.#entries.size >= this.most) this.#makeRoom();
    this.#entries.set(id, { value, end });
  }

  /** Ended windows go first. Then a tenth at once: with all of them live, each new one would search the whole map. */
  #makeRoom(): void {
    const now = Date.now();
    for (const [id, { end }] of this.#entries) if (end <= now) this.#entries.delete(id);
    for (const id of this.#entries.keys()) {
      if (this.#entries.size < this.most * 0.9) return;
      this.#entries.delete(id);
    }
  }
}
