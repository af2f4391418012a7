// Checks the import rules with dependency-cruiser; reading suspiciously few modules is a failure too.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.cjs';
import { root } from './install.mjs';

process.chdir(root);
const FEWEST = 100;
const folders = ['contract', 'engine', 'server', 'web/src', 'bench', 'test', 'scripts'];
const result = await cruise(
  folders,
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  undefined,
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const { violations, totalCruised } = result.output.summary;
for (const { rule, from, to, cycle } of violations) {
  console.error(
    `${rule.severity} ${rule.name}: ${from} → ${cycle ? cycle.map((one) => one.name).join(' → ') : to}`,
  );
}
if (totalCruised < FEWEST) console.error(`Only ${totalCruised} modules were read; the check is broken.`);
else console.log(`${totalCruised} modules, ${violations.length} violations of the import rules`);
process.exitCode = violations.length > 0 || totalCruised < FEWEST ? 1 : 0;
