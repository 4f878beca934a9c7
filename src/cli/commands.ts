import type { Command } from './framework/command.js';

export interface CommandEntry {
  /** One line for `lambent --help`. */
  readonly about: string;
  readonly alias?: string;
  /** Loads the command with everything it needs; `lambent --help` loads none of them. */
  load(): Promise<Command>;
}

/** Every command by name. To add one, write its file and a line here. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  new: { about: 'Create a project', alias: 'n', load: async () => (await import('./new/command.js')).command },
  generate: {
    about: 'Generate a module, controller, service, whole resource …',
    alias: 'g',
    load: async () => (await import('./generate/command.js')).command,
  },
  add: {
    about: 'Add authentication, metrics, messaging and other services',
    load: async () => (await import('./add/command.js')).command,
  },
  dev: { about: 'Run functions locally with hot reload', load: async () => (await import('./dev/command.js')).command },
  build: {
    about: 'Bundle functions for deployment',
    alias: 'b',
    load: async () => (await import('./build/command.js')).command,
  },
  routes: { about: 'List routes and consumers', load: async () => (await import('./routes/command.js')).command },
  describe: {
    about: 'Describe what a deployment needs, for Terraform, SST and others',
    load: async () => (await import('./describe/command.js')).command,
  },
  doctor: {
    about: 'Check a project, and say what to change',
    load: async () => (await import('./doctor/command.js')).command,
  },
  graph: { about: 'Show the module graph', load: async () => (await import('./graph/command.js')).command },
  sam: { about: 'Generate SAM events from decorators', load: async () => (await import('./sam/command.js')).command },
  openapi: { about: 'Write the OpenAPI document', load: async () => (await import('./openapi/command.js')).command },
  invoke: {
    about: 'Send an event to a running application',
    load: async () => (await import('./invoke/command.js')).command,
  },
};
