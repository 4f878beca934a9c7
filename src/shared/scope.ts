/** How long an instance lives: with the application, with one event, or with the one who asked for it. */
export enum Scope {
  DEFAULT = 'default',
  REQUEST = 'request',
  TRANSIENT = 'transient',
}
