import type { LogFields, LogLevel } from '../contracts/logger.js';
import { readMember } from './json-value.js';
import { LAMBDA_LEVELS } from './log-levels.js';

/** What one line says. Standard fields stand first, `undefined` where absent: that keeps their names reserved. */
export interface LogRecord extends LogFields {
  level: string;
  /** ISO 8601. */
  date: string;
}

/** Takes finished records to where lines go. */
export interface LogWriter {
  enabled(level: LogLevel): boolean;
  /** The level is given apart: in the record it may stand under Lambda's name. Never throws. */
  write(level: LogLevel, record: LogRecord): void;
}

/** Adds what a program wants in the line. A name that is taken gets an underscore behind it: nothing is lost. */
export function addFields(record: LogRecord, fields: LogFields): void {
  for (const key of Object.keys(fields)) {
    const value = readMember(fields, key);
    if (value !== undefined) record[isTaken(record, key) ? `${key}_` : key] = value;
  }
}

function isTaken(record: LogRecord, key: string): boolean {
  return Object.hasOwn(record, key) || key === '__proto__';
}

/** Adds `timestamp` and puts Lambda's name for the level. */
export function useLambdaFields(level: LogLevel, record: LogRecord): void {
  record.level = LAMBDA_LEVELS[level];
  record['timestamp'] = record.date;
}
