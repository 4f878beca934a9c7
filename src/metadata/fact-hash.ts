import type { FactSink } from './facts.js';

/** A hash of 53 bits: each distinct text is read once. */
export class FactHash implements FactSink {
  readonly #known = new Map<string, number>();
  #low = 0xdeadbeef;
  #high = 0x41c6ce57;

  text(text: string): void {
    this.#number(1);
    this.mark(text);
  }

  name(text: string): void {
    this.mark(text);
  }

  key(text: string): void {
    this.#number(2);
    this.mark(text);
  }

  mark(text: string): void {
    let hash = this.#known.get(text);
    if (hash === undefined) this.#known.set(text, (hash = hashOf(text)));
    this.#number(hash);
  }

  reference(sign: string, number: number): void {
    this.#number(sign.charCodeAt(0));
    this.#number(number);
  }

  open(sign: string): void {
    this.#number(sign.charCodeAt(0));
  }

  close(sign: string): void {
    this.#number(sign.charCodeAt(0));
  }

  toString(): string {
    return ((this.#high & 0x1fffff) * 0x100000000 + (this.#low >>> 0)).toString(36);
  }

  #number(value: number): void {
    this.#low = Math.imul((this.#low << 5) | (this.#low >>> 27), 2654435761) ^ value;
    this.#high = Math.imul(this.#high ^ value, 1597334677);
    this.#high ^= this.#high >>> 15;
  }
}

/** FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
