import type { CheckedProject } from './checked-project.js';

/** Something that a project should change. */
export interface Finding {
  /** An `error` breaks the application; a `warning` may. */
  readonly level: 'error' | 'warning';
  /** What is wrong, with the file and the value. */
  readonly what: string;
  /** What comes of it. */
  readonly why: string;
  /** The exact change. */
  readonly change: string;
}

/** Looks for one kind of mistake. */
export type Check = (project: CheckedProject) => readonly Finding[] | Promise<readonly Finding[]>;
