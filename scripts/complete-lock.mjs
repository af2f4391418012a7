// Completes package-lock.json after `npm install`: a registry that does not carry every platform's prebuilt package makes
// npm leave those out, and `npm ci` then refuses the file. Each missing optional package is entered with its exact version
// and platform, so that it is skipped where it does not belong and fetched where it does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages } = lock;
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const OS = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const CPU = ['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'loong64', 'wasm32', 'mips64el'];

/** Platform of a prebuilt package by its name, as such packages are named: tool-os-cpu[-libc]. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = OS.filter((one) => words.includes(one) || (one === 'linux' && words.includes('linuxmusl')));
  const cpu = CPU.filter(
    (one) =>
      words.includes(one) ||
      words.some((word) => word.startsWith(`${one}v`) || (one === 'ppc64' && word === 'ppc64le')),
  );
  if (words.some((word) => word === 'wasm32' || word === 'wasi')) return { cpu: ['wasm32'] };
  const libc = words.some((word) => /musl/.test(word)) ? ['musl'] : os[0] === 'linux' ? ['glibc'] : undefined;
  return os.length === 0 && cpu.length === 0
    ? undefined
    : { os, cpu, ...(libc === undefined ? {} : { libc }) };
}

/** The entry that a package at `from` gets for `name`: its own node_modules first, then outwards. */
function found(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const entry = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (entry !== undefined || at === '') return entry;
  }
}

let added = 0;
for (const [from, parent] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (found(from, name) !== undefined || !EXACT.test(version)) continue;
    const platform = platformOf(name);
    if (platform === undefined) continue;
    const place =
      packages[`node_modules/${name}`] === undefined
        ? `node_modules/${name}`
        : `${from}/node_modules/${name}`;
    packages[place] = { version, ...platform, ...(parent.dev ? { dev: true } : {}), optional: true };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to package-lock.json`);
