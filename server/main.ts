// Entry of the one program: hands the command line to cli.ts and sets the exit code.
import { runCli } from './cli.ts';

process.exitCode = await runCli(process.argv.slice(2), process.env);
