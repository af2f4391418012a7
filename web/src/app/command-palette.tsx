// Ctrl/Cmd-K: go anywhere, do anything. Projects are searched on the server, rooms of the open project here.
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { type ReactNode, useState } from 'react';
import type { Space } from '../../../contract/floorplans.ts';
import { useLogout, useMe } from '../api/accounts.ts';
import { floorPlansQuery, spacesQuery } from '../api/floor-plans.ts';
import { projectListQuery } from '../api/projects.ts';
import { pagesFor } from '../routes/settings-pages.ts';
import { STEP_LABELS, STEPS } from '../routes/workspace/panels.ts';
import { RoomSwatch, SPACE_TYPE_LABELS, StatusDot } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import type { Settings } from './settings.ts';

interface PaletteProps {
  settings: Settings;
  projectId: string | undefined;
  onClose: () => void;
  onHelp: () => void;
}

export default function CommandPalette({ settings, projectId, onClose, onHelp }: PaletteProps) {
  const [words, setWords] = useState('');
  const navigate = useNavigate();
  const logout = useLogout();
  const me = useMe();
  const act = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Dialog open onClose={onClose} title="Search or go to" bare>
      <Command label="Search or go to" loop>
        <Command.Input
          value={words}
          onValueChange={setWords}
          placeholder="Project, room, page or action"
          className="h-12 w-full border-b border-hairline bg-transparent px-4 text-lg focus-visible:outline-none"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3">
          <Command.Empty className="px-2.5 py-6 text-sm text-ink-2">Nothing has this name.</Command.Empty>
          {projectId ? (
            <Command.Group heading="This project">
              {STEPS.map((step, index) => (
                <Item
                  key={step}
                  value={`step ${STEP_LABELS[step]}`}
                  keys={[String(index + 1)]}
                  onSelect={act(
                    () => void navigate({ to: '/projects/$projectId/$step', params: { projectId, step } }),
                  )}
                >
                  {STEP_LABELS[step]}
                </Item>
              ))}
            </Command.Group>
          ) : null}
          {projectId && words.trim() ? <Rooms projectId={projectId} onClose={onClose} /> : null}
          <Projects words={words} onClose={onClose} />
          <Command.Group heading="Go to">
            <Item
              value="go projects"
              keys={['G', 'P']}
              onSelect={act(() => void navigate({ to: '/projects' }))}
            >
              Projects
            </Item>
            <Item
              value="go catalogue"
              keys={['G', 'C']}
              onSelect={act(() => void navigate({ to: '/catalogue' }))}
            >
              Catalogue
            </Item>
            <Item
              value="go analytics"
              keys={['G', 'A']}
              onSelect={act(() => void navigate({ to: '/analytics' }))}
            >
              Analytics
            </Item>
            {(['settings', 'admin'] as const).flatMap((area) =>
              pagesFor(area, me).map((page) => (
                <Item
                  key={`${area}/${page.path}`}
                  value={`${area} ${page.group} ${page.label}`}
                  note={area === 'admin' ? 'Administration' : 'Settings'}
                  onSelect={act(
                    () =>
                      void navigate({
                        to: area === 'admin' ? '/admin/$page' : '/settings/$page',
                        params: { page: page.path },
                      }),
                  )}
                >
                  {page.label}
                </Item>
              )),
            )}
          </Command.Group>
          <Command.Group heading="Do">
            <Item
              value="new project create"
              onSelect={act(() => void navigate({ to: '/projects', search: { new: true } }))}
            >
              New project
            </Item>
            <Item value="theme light dark" keys={['Shift', 'D']} onSelect={act(settings.toggleTheme)}>
              Switch between light and dark
            </Item>
            <Item
              value="units feet metres metric imperial"
              keys={['Shift', 'U']}
              onSelect={act(settings.toggleUnits)}
            >
              {settings.units === 'imperial' ? 'Show metres' : 'Show feet'}
            </Item>
            <Item value="keyboard shortcuts help" keys={['?']} onSelect={act(onHelp)}>
              Keyboard shortcuts
            </Item>
            <Item
              value="sign out log out"
              onSelect={act(() =>
                logout.mutate(undefined, { onSuccess: () => void navigate({ to: '/sign-in' }) }),
              )}
            >
              Sign out
            </Item>
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Item(props: {
  value: string;
  keys?: readonly string[] | undefined;
  icon?: ReactNode;
  note?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onSelect}
      className={cx(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-base',
        'data-[selected=true]:bg-hover',
      )}
    >
      {props.icon}
      <span className="truncate">{props.children}</span>
      <span className="ml-auto flex shrink-0 items-center gap-0.5 text-sm text-ink-3">
        {props.note}
        {props.keys?.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </Command.Item>
  );
}

function Projects({ words, onClose }: { words: string; onClose: () => void }) {
  const navigate = useNavigate();
  const q = useDebounced(words.trim(), 150);
  const { data } = useInfiniteQuery(projectListQuery(q ? { q } : {}));
  const projects = data?.pages[0]?.items.slice(0, 6) ?? [];
  if (projects.length === 0) return null;
  return (
    <Command.Group heading="Projects">
      {projects.map((project) => (
        <Item
          // What the server found for other words is another entry: the list counts and marks entries as they come.
          key={`${project.id} ${q}`}
          value={`project ${project.name} ${project.client_name ?? ''} ${project.id} ${q}`}
          note={<StatusDot status={project.status} />}
          onSelect={() => {
            onClose();
            void navigate({ to: '/projects/$projectId', params: { projectId: project.id } });
          }}
        >
          {project.name}
          {project.client_name ? <span className="text-ink-3"> {project.client_name}</span> : null}
        </Item>
      ))}
    </Command.Group>
  );
}

function Rooms({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const navigate = useNavigate();
  const { step: current } = useParams({ strict: false });
  // Where rooms are listed, one stays in the step; from elsewhere one comes to the list of rooms.
  const step = current === 'furniture' || current === 'plan' ? current : 'spaces';
  const { data: plans = [] } = useQuery(floorPlansQuery(projectId));
  const read = plans.filter((plan) => plan.status === 'analyzed');
  const lists = useQueries({ queries: read.map((plan) => spacesQuery(plan.id)) });
  const rooms: Space[] = lists.flatMap((list) => list.data ?? []);
  if (rooms.length === 0) return null;
  return (
    <Command.Group heading="Rooms">
      {rooms.map((room) => (
        <Item
          key={room.id}
          value={`room ${room.name ?? ''} ${room.number ?? ''} ${SPACE_TYPE_LABELS[room.type]} ${room.id}`}
          icon={<RoomSwatch type={room.type} />}
          note={SPACE_TYPE_LABELS[room.type]}
          onSelect={() => {
            onClose();
            void navigate({
              to: '/projects/$projectId/$step',
              params: { projectId, step },
              search: { space: room.id, floor: room.floor_plan_id },
            });
          }}
        >
          {[room.number, room.name].filter(Boolean).join(' ') || SPACE_TYPE_LABELS[room.type]}
        </Item>
      ))}
    </Command.Group>
  );
}
