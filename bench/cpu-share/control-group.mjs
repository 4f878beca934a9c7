// A control group whose processes get a share of one processor, as a function gets by its memory.
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Microseconds. The share is refilled in periods as short as Lambda's. */
const PERIOD = 20_000;
const ROOT = '/sys/fs/cgroup';
const unified = existsSync(join(ROOT, 'cgroup.controllers'));

/**
 * @param {number} share of one processor; 1.7 is more than one.
 * @returns the file to write a process' id to, and `remove`.
 */
export function controlGroup(share) {
  const folder = join(ROOT, unified ? '' : 'cpu', `lambent-${process.pid}-${Math.round(share * 1e6)}`);
  mkdirSync(folder);
  const quota = Math.round(share * PERIOD);
  if (unified) writeFileSync(join(folder, 'cpu.max'), `${quota} ${PERIOD}`);
  else {
    writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD));
    writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quota));
  }
  return { processes: join(folder, 'cgroup.procs'), remove: () => rmdirSync(folder) };
}
