import type { Command } from './framework/command.js';

export interface CommandEntry {
  /** For the list of commands. */
  readonly about: string;
  readonly alias?: string;
  /** Each command is loaded when it is called, with all that it needs. */
  load(): Promise<Command>;
}

/** A new command is a file, and a line here. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  new: { about: 'makes a project', alias: 'n', load: async () => (await import('./new/command.js')).command },
  generate: {
    about: 'adds a module, a controller, a whole resource …',
    alias: 'g',
    load: async () => (await import('./generate/command.js')).command,
  },
  dev: {
    about: 'runs the functions here, and again when a file changes',
    load: async () => (await import('./dev/command.js')).command,
  },
  build: {
    about: 'bundles the functions of a project',
    alias: 'b',
    load: async () => (await import('./build/command.js')).command,
  },
  routes: { about: 'lists routes and consumers', load: async () => (await import('./routes/command.js')).command },
  graph: { about: 'shows which module imports which', load: async () => (await import('./graph/command.js')).command },
  sam: {
    about: 'tells the events of a SAM template from the decorators',
    load: async () => (await import('./sam/command.js')).command,
  },
  openapi: { about: 'writes the OpenAPI document', load: async () => (await import('./openapi/command.js')).command },
  invoke: {
    about: 'sends an event to the application that runs',
    load: async () => (await import('./invoke/command.js')).command,
  },
};
