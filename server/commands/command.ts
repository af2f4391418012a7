// What a command of the command line is.
import type { Config } from '../config.ts';
import type { Logger } from '../platform/telemetry.ts';

export interface CommandCall {
  /** Words after the command's own name. */
  words: string[];
  options: Record<string, string | boolean | undefined>;
  config: Config;
  log: Logger;
  /** Prints the command's result: one JSON document with --json, else the text. */
  print(result: unknown, text: () => string): void;
}

export interface Command {
  name: string;
  usage: string;
  summary: string;
  /** Options beside --json, --data and --help. */
  options: Record<string, 'string' | 'boolean'>;
  run(call: CommandCall): Promise<void>;
}

/** The command line was used wrongly: one line, exit code 2. */
export class UsageError extends Error {}
