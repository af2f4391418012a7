// Entry of the one program: hands the command line to cli.ts and sets the exit code. Compiled code is kept between runs,
// in a folder that only who installed the program can write to.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
const { runCli } = await import('./cli.ts');

process.exitCode = await runCli(process.argv.slice(2), process.env);
