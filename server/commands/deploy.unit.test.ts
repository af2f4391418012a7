// What cannot be run here is read: Dockerfile and compose file name versions, commands, variables and files that exist.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const dockerfile = text('Dockerfile');
const compose = text('compose.yaml');
const operations = text('docs/operations.md');

describe('the containers', () => {
  it('run the Node that package.json pins, by a full version', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
    const node = JSON.parse(text('package.json')).dependencies.node as string;
    expect(new Set(bases)).toEqual(new Set([`node:${node}-bookworm-slim`]));
  });

  it('name images by version, the ones the documentation names', () => {
    const images = [...compose.matchAll(/^\s+image: (\S+)/gm)].map((match) => match[1] as string);
    expect(images.length).toBeGreaterThanOrEqual(4);
    for (const image of images) {
      expect(image).toMatch(/:\d+\.\d+/);
      if (!image.startsWith('ofs-platform')) expect(operations).toContain(image);
    }
    expect(operations).toContain(/^FROM (\S+)/m.exec(dockerfile)?.[1]);
  });

  it('call commands that exist and set variables that are read', () => {
    const commands = [
      /^CMD (\[.*\])$/m.exec(dockerfile)?.[1],
      ...[...compose.matchAll(/^ {4}command: (\["(?:serve|worker).*\])$/gm)].map((match) => match[1]),
    ];
    expect(commands).toHaveLength(3);
    const known = text('server/cli.ts');
    for (const command of commands) {
      const [name, ...options] = JSON.parse(command ?? '[]') as string[];
      expect(known).toMatch(new RegExp(`^\\s+${name}: async`, 'm'));
      for (const option of options)
        expect(text('server/commands/serve.ts')).toContain(option.replace('--', ''));
    }
    const config = text('server/config.ts');
    const block = /environment:\n((?: {4}\w+: .*\n)+)/.exec(compose)?.[1] ?? '';
    const set = [...block.matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]);
    const env = (/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? '').split(' ').map((pair) => pair.split('=')[0]);
    expect(set.length).toBeGreaterThanOrEqual(6);
    for (const name of [...set, ...env]) expect(config).toMatch(new RegExp(`^\\s+${name}:`, 'm'));
  });

  it('copy what is there, run as nobody special and look after their health', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    for (const path of copied)
      expect({ path, there: existsSync(join(ROOT, path)) }).toEqual({ path, there: true });
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toContain('HEALTHCHECK');
    expect(dockerfile).not.toContain(':latest');
    expect(compose).not.toContain(':latest');
  });
});
