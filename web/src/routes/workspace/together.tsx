// Working together, at the end of the strip of steps: who else is here, history, comments, sharing; and the side that
// history and comments open in place of the step. What is open is in the address.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { History, MessageSquare, Share2, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Present, Project, ProjectStep } from '../../../../contract/projects.ts';
import { useMe } from '../../api/accounts.ts';
import { commentsQuery } from '../../api/comments.ts';
import { usePresence } from '../../api/project-events.ts';
import { IconButton } from '../../ui/button.tsx';
import { PanelBody } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { STEP_LABELS } from './panels.ts';

const HistoryPanel = lazy(() =>
  import('../../features/versions/panel.tsx').then((module) => ({ default: module.HistoryPanel })),
);
const CommentsPanel = lazy(() =>
  import('../../features/comments/panel.tsx').then((module) => ({ default: module.CommentsPanel })),
);
const ShareDialog = lazy(() =>
  import('../../features/sharing/share-dialog.tsx').then((module) => ({ default: module.ShareDialog })),
);

export type Side = 'history' | 'comments';
const TITLES: Record<Side, string> = { history: 'History', comments: 'Comments' };

export function useSide() {
  const { side } = useSearch({ from: '/inside/projects/$projectId' }) as { side?: unknown };
  const navigate = useNavigate();
  const open: Side | null = side === 'history' || side === 'comments' ? side : null;
  const setSide = (next: Side | null) =>
    void navigate({
      to: '.',
      search: ({
        side: _side,
        version: _version,
        against: _against,
        topic: _topic,
        ...rest
      }: Record<string, unknown>) => (next === null ? rest : { ...rest, side: next, view: undefined }),
      resetScroll: false,
    });
  return { side: open, setSide };
}

export function Together({ project }: { project: Project }) {
  const { side, setSide } = useSide();
  const [sharing, setSharing] = useState(false);
  const { data: threads } = useQuery(commentsQuery(project.id));
  const open = threads?.filter((thread) => thread.resolved_at === null).length ?? 0;
  const toggle = (which: Side) => setSide(side === which ? null : which);
  return (
    <div className="flex shrink-0 items-center gap-1 border-b border-hairline px-2">
      <People project={project} />
      <IconButton label="History" pressed={side === 'history'} onClick={() => toggle('history')}>
        <History />
      </IconButton>
      <span className="relative">
        <IconButton
          label={open === 0 ? 'Comments' : `Comments, ${open} open`}
          pressed={side === 'comments'}
          onClick={() => toggle('comments')}
        >
          <MessageSquare />
        </IconButton>
        {open === 0 ? null : (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute -top-0.5 -right-0.5 grid min-w-4 place-items-center rounded-full bg-accent px-1 text-2xs text-accent-on tabular-nums"
          >
            {open > 99 ? '99+' : open}
          </span>
        )}
      </span>
      {projectRoleMay(project.role, 'project:share') ? (
        <IconButton label="Share" onClick={() => setSharing(true)}>
          <Share2 />
        </IconButton>
      ) : null}
      {sharing ? (
        <Suspense>
          <ShareDialog project={project} onClose={() => setSharing(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

const SHOWN_PEOPLE = 3;

/** Everyone else who has the project open, and at which step. */
function People({ project }: { project: Project }) {
  const { user } = useMe();
  const others = usePresence(project.id).filter((one) => one.user_id !== user.id);
  if (others.length === 0) return null;
  const more = others.slice(SHOWN_PEOPLE);
  return (
    <ul aria-label="Also here" className="flex items-center gap-1 px-1">
      {others.slice(0, SHOWN_PEOPLE).map((one) => (
        <li key={one.user_id}>
          <Person label={says(one)}>{initials(one.name)}</Person>
        </li>
      ))}
      {more.length === 0 ? null : (
        <li>
          <Person label={more.map(says).join('; ')}>+{more.length}</Person>
        </li>
      )}
    </ul>
  );
}

function Person({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <span
        role="img"
        aria-label={label}
        className="grid size-7 place-items-center rounded-full border border-accent bg-accent-wash text-2xs font-medium text-accent uppercase"
      >
        {children}
      </span>
    </Tooltip>
  );
}

function says({ name, step }: Present): string {
  return step === null ? name : `${name}, at ${STEP_LABELS[step as ProjectStep]}`;
}

function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return `${parts[0]?.[0] ?? '?'}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`;
}

export function SidePanel({ project, side }: { project: Project; side: Side }) {
  const { setSide } = useSide();
  return (
    <>
      <header className="flex shrink-0 items-center border-b border-hairline py-2 pr-3 pl-5">
        <h2 className="mr-auto text-lg font-semibold">{TITLES[side]}</h2>
        <IconButton label={`Close ${TITLES[side].toLowerCase()}`} onClick={() => setSide(null)}>
          <X />
        </IconButton>
      </header>
      <Suspense
        fallback={
          <PanelBody>
            <SkeletonLines lines={5} />
          </PanelBody>
        }
      >
        {side === 'history' ? <HistoryPanel project={project} /> : <CommentsPanel project={project} />}
      </Suspense>
    </>
  );
}
