// Where signing in leads: to an address of ours, whatever the link that began it says. Needs no application.
import { expect, it } from 'vitest';
import { ownPath } from '../../server/features/accounts/oidc.ts';
import { signInSearch } from '../../web/src/routes/search.ts';

const FOREIGN = [
  'https://evil.example/',
  '//evil.example/',
  '///evil.example',
  '/\\evil.example',
  '/\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'evil.example',
  '/\u0000/evil.example',
  '@evil.example',
  '',
];
const OWN = ['/projects', '/catalogue?q=chair&page=2', '/projects/1?side=comments#last', '/a//b'];

/** Where a browser would go. */
const origin = (href: string) => new URL(href, 'https://furnish.example/sign-in').origin;

it('the server sends nobody to another site', () => {
  for (const one of FOREIGN)
    expect({ one, origin: origin(ownPath(one)) }).toEqual({ one, origin: 'https://furnish.example' });
  for (const one of OWN) expect(ownPath(one)).toBe(one);
});

it('neither does the page', () => {
  for (const one of FOREIGN) {
    const { redirect } = signInSearch({ redirect: one });
    expect({ one, origin: origin(redirect ?? '/projects') }).toEqual({
      one,
      origin: 'https://furnish.example',
    });
  }
  for (const one of OWN) expect(signInSearch({ redirect: one }).redirect).toBe(one);
});
