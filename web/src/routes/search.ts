// What the address of each page may say after the "?". Unknown or broken values are dropped, never an error.
import type { ProjectListQuery } from '../../../contract/projects.ts';

type Raw = Record<string, unknown>;

export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

export interface SignInSearch {
  redirect?: string | undefined;
  /** Why signing in with a provider did not work, and with which. */
  error?: string | undefined;
  provider?: string | undefined;
}
/** Only paths of this site: a foreign address after signing in would be a trap. */
export function signInSearch(raw: Raw): SignInSearch {
  const redirect = text(raw['redirect']);
  const error = text(raw['error']);
  const provider = text(raw['provider']);
  // Browsers drop tabs and line ends and read a backslash as a slash: neither belongs into a path of ours.
  const own = redirect !== undefined && /^\/(?!\/)[^\\\p{C}]*$/u.test(redirect);
  return {
    ...(own ? { redirect } : {}),
    ...(error ? { error } : {}),
    ...(provider ? { provider } : {}),
  };
}

export interface ResetSearch {
  token?: string | undefined;
}
export function resetSearch(raw: Raw): ResetSearch {
  const token = text(raw['token']);
  return token ? { token } : {};
}

export const PROJECT_SORTS = ['updated', 'name', 'progress', 'budget'] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];
export interface ProjectsSearch {
  q?: string | undefined;
  status?: ProjectListQuery['status'];
  sort?: ProjectSort | undefined;
  dir?: 'asc' | 'desc' | undefined;
  deleted?: true | undefined;
  template?: true | undefined;
  /** The dialog for a new project is open. */
  new?: true | undefined;
}
export function projectsSearch(raw: Raw): ProjectsSearch {
  return {
    q: text(raw['q']),
    status: oneOf(raw['status'], ['draft', 'in_progress', 'approved', 'completed', 'archived'] as const),
    sort: oneOf(raw['sort'], PROJECT_SORTS),
    dir: oneOf(raw['dir'], ['asc', 'desc'] as const),
    deleted: raw['deleted'] === true || undefined,
    template: raw['template'] === true || undefined,
    new: raw['new'] === true || undefined,
  };
}

export interface WorkspaceSearch {
  /** The selected space. */
  space?: string | undefined;
  /** The floor plan shown; the first while absent. */
  floor?: string | undefined;
  /** On narrow screens: the drawing instead of the step's panel. */
  view?: 'plan' | undefined;
}
/** Keeps other keys, so that a step's panel may keep its own state in the address. */
export function workspaceSearch(raw: Raw): WorkspaceSearch & Raw {
  return {
    ...raw,
    space: text(raw['space']),
    floor: text(raw['floor']),
    view: oneOf(raw['view'], ['plan'] as const),
  };
}
