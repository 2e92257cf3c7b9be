import type { Tell } from '../scope';
import type { ServiceError } from '../../errors';
import { numberIn, readText, Unreadable } from '../../values';

/** What the rows of a table are, as the editor shows them: two columns, from → to. */
export interface TableColumns {
  from: string;
  to: string;
  /** What stands on the right: a number, or what the target field may hold, chosen or typed. */
  holds: 'number' | 'targetValue';
}

/**
 * An option of a transform. The editor makes a field of what is said here, and a mapping in JSON is checked by it: a new
 * transform needs nothing else to be in the panel.
 */
export interface TransformOption {
  name: string;
  displayName: string;
  type: 'string' | 'number' | 'boolean' | 'table';
  description: string;
  placeholder?: string;
  required?: boolean;
  /** Of a number: it has to be a whole one, from here on. */
  least?: number;
  default?: string | number | boolean;
  choices?: readonly string[];
  /** What people call a choice, where its own name does not say it. */
  choiceNames?: Readonly<Record<string, string>>;
  /** Asked for only where another option is set so. */
  onlyWhere?: { option: string; is: string };
  /** Of a table. */
  columns?: TableColumns;
}

export type TransformOptions = Readonly<Record<string, unknown>>;

/**
 * One value in, one value out. Never sees an empty value. Throws a validation error on a value that it cannot read, and
 * tells what it did to one where its reader should know.
 */
export type TransformFunction = (value: unknown, tell: Tell) => unknown;

export interface Transform {
  name: string;
  displayName: string;
  description: string;
  options: TransformOption[];
  /** Called once per mapping with options that have been checked. */
  compile(options: TransformOptions): TransformFunction;
}

export function textOption(options: TransformOptions, name: string): string {
  const value = options[name];
  return value === undefined || value === null ? '' : String(value);
}

export function optionalText(options: TransformOptions, name: string): string | undefined {
  return textOption(options, name) || undefined;
}

export function numberOption(options: TransformOptions, name: string): number | undefined {
  const value = options[name];
  return numberIn(value);
}

export function tableOption(options: TransformOptions, name: string): Record<string, unknown> {
  const value = options[name];
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

/** A value as text; lists and objects are not text. */
export const textOf = readText;

/** "expected a date, found a list": never with the value itself, which may be personal. */
export function expected(what: string, value: unknown, fix?: string): ServiceError {
  return new Unreadable(what, value, { fix });
}
