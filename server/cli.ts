// The command line: finds the command, prints its result, and turns errors into one line and an exit code
// (0 done, 1 failed, 2 bad usage or bad input). Results go to stdout, everything else to stderr.
import { parseArgs } from 'node:util';
import { type Command, UsageError } from './commands/command.ts';
import { readConfig } from './config.ts';
import { AppError } from './platform/errors.ts';
import { makeLogger } from './platform/telemetry.ts';

// Loaded when they are called: reading a plan does not wait for the stores' drivers.
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  worker: async () => (await import('./commands/serve.ts')).workerCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  schema: async () => (await import('./commands/migrate.ts')).schemaCommand,
  seed: async () => (await import('./commands/seed.ts')).seedCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  brief: async () => (await import('./commands/brief.ts')).briefCommand,
  catalog: async () => (await import('./commands/catalog.ts')).catalogCommand,
  retention: async () => (await import('./commands/retention.ts')).retentionCommand,
  recommend: async () => (await import('./commands/recommend.ts')).recommendCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  import: async () => (await import('./commands/export.ts')).importCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
};

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.min(48, Math.max(...commands.map((command) => command.usage.length)));
  const lines = commands.map((command) => `  ${command.usage.padEnd(width)}  ${command.summary}`);
  return `ofs COMMAND\n\n${lines.join('\n')}\n\nEverywhere: --json one JSON document on stdout; --data DIR the embedded data folder; --help.\nExit code 0 done, 1 failed, 2 bad usage or bad input.\n`;
}

/** Runs one command; resolves to the exit code. */
export async function runCli(
  argv: string[],
  environment: Record<string, string | undefined>,
): Promise<number> {
  const wantsJson = argv.includes('--json');
  process.stdout.on('error', endWithReader);
  try {
    const [name = '', ...args] = commandFirst(argv);
    if (name === '' || name === 'help' || name === '--help' || name === '-h') {
      (name === '' ? process.stderr : process.stdout).write(await help());
      return name === '' ? 2 : 0;
    }
    const load = COMMANDS[name];
    if (load === undefined) {
      throw new UsageError(
        `There is no command "${name}"; the commands are ${Object.keys(COMMANDS).join(', ')}.`,
      );
    }
    const command = await load();
    const { values, positionals } = parse(command, args);
    if (values['data'] === '')
      throw new UsageError('--data is empty; give the folder that holds the data, or leave it out.');
    if (values['help'] === true) {
      process.stdout.write(`${command.usage}\n\n${command.summary}\n`);
      return 0;
    }
    const port = values['port'];
    const config = readConfig(environment, {
      ...(typeof values['data'] === 'string' ? { data_dir: values['data'] } : {}),
      ...(typeof port === 'string' ? { port: readPort(port) } : {}),
    });
    const log = makeLogger(
      name === 'serve' || name === 'worker'
        ? config.log_level
        : environment['LOG_LEVEL'] === undefined
          ? 'error'
          : config.log_level,
    );
    await command.run({
      words: positionals,
      options: values,
      config,
      log,
      print: (result, text) => {
        const output = wantsJson ? JSON.stringify(result) : text();
        process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
      },
    });
    return 0;
  } catch (error) {
    return report(error);
  }
}

/** A reader that has seen enough (`| head`) ends the command quietly. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

/** The options that every command has may stand before its name too. */
function commandFirst(argv: string[]): string[] {
  let at = 0;
  while (argv[at] === '--json' || argv[at]?.startsWith('--data')) at += argv[at] === '--data' ? 2 : 1;
  const name = argv[at];
  return name === undefined ? [] : [name, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

function parse(command: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, json: 'boolean', data: 'string', help: 'boolean' }).map(
      ([key, type]) => [key, { type: type as 'string' | 'boolean' }],
    ),
  );
  try {
    const parsed = parseArgs({
      args: withNumbers(args, options),
      options,
      allowPositionals: true,
      strict: true,
    });
    return {
      values: parsed.values as Record<string, string | boolean | undefined>,
      positionals: parsed.positionals,
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. Usage: ofs ${command.usage}`);
  }
}

/**
 * `--min-price -5` as `--min-price=-5`; elsewhere what begins with a minus and names no option ("-5", "- chair") is a
 * word. An option that lacks its value is said by name.
 */
function withNumbers(args: string[], options: Record<string, { type: 'string' | 'boolean' }>): string[] {
  const given: string[] = [];
  const dashed: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [args[i]!, args[i + 1]];
    if (arg === '--') return [...given, '--', ...dashed, ...args.slice(i + 1)];
    if (arg.startsWith('--') && options[arg.slice(2)]?.type === 'string') {
      if (next === undefined || /^-[^\d.]/.test(next)) throw new Error(`${arg} needs a value after it. `);
      given.push(`${arg}=${next}`);
      i++;
    } else if (/^-[^-a-z]/i.test(arg) || (dashed.length > 0 && !arg.startsWith('-'))) dashed.push(arg);
    else given.push(arg);
  }
  return dashed.length > 0 ? [...given, '--', ...dashed] : given;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text} is not a port; give a number from 0 to 65535.`);
  return port;
}

function report(error: unknown): number {
  const bad =
    error instanceof UsageError || (error instanceof AppError && error.status < 500) || isInputError(error);
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`ofs: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  if (!bad && error instanceof Error && process.env['LOG_LEVEL'] === 'debug')
    process.stderr.write(`${error.stack}\n`);
  return bad ? 2 : 1;
}

/** Errors of the engines about what they were given. */
function isInputError(error: unknown): boolean {
  return error instanceof Error && ['PlanError', 'ImportError', 'BriefError'].includes(error.name);
}
