/** A piece of work that may only start when the one before it in its lane has ended. */
export type Job = () => Promise<void>;

/** Runs lanes next to each other, at most `limit` at a time; the jobs of a lane run one after the other. */
export async function runLanes(lanes: Iterable<readonly Job[]>, limit: number): Promise<void> {
  const waiting = lanes[Symbol.iterator]();
  const work = async () => {
    for (let lane = waiting.next(); !lane.done; lane = waiting.next()) {
      for (const job of lane.value) await job();
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
}
