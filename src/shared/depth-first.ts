/** The result of {@link depthFirst}: the reachable nodes, and the first circle among them. */
export interface Walk<T> {
  /** Dependencies first. */
  readonly order: readonly T[];
  /** The same nodes in the order they were reached: dependants first. */
  readonly met: ReadonlySet<T>;
  /** In the order of its edges; the last node leads back to the first. */
  readonly circle: readonly T[] | undefined;
}

interface Frame<T> {
  readonly node: T;
  readonly children: Iterator<T>;
}

/** Walks a graph dependencies first. Not recursive, so that it can follow chains of many thousands of nodes. */
export function depthFirst<T>(roots: Iterable<T>, childrenOf: (node: T) => Iterable<T>): Walk<T> {
  const order: T[] = [];
  const seen = new Set<T>();
  const path = new Set<T>();
  let circle: readonly T[] | undefined;
  for (const root of roots) {
    const frames: Frame<T>[] = [];
    const enter = (node: T): void => {
      if (path.has(node)) circle ??= [...path].slice([...path].indexOf(node));
      if (seen.has(node)) return;
      seen.add(node);
      path.add(node);
      frames.push({ node, children: childrenOf(node)[Symbol.iterator]() });
    };
    enter(root);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const child = frame.children.next();
      if (!child.done) {
        enter(child.value);
        continue;
      }
      frames.pop();
      path.delete(frame.node);
      order.push(frame.node);
    }
  }
  return { order, met: seen, circle };
}
