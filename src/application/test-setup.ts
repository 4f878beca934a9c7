import type { LogWriter } from '../logging/log-record.js';
import type { Overrides } from '../modules/overrides.js';

/** What the test kit changes in an application. */
export interface TestSetup {
  readonly overrides?: Overrides;
  /** Gets the writer that the options ask for, and gives the one to be used. */
  readonly wrapWriter?: (writer: LogWriter) => LogWriter;
}
