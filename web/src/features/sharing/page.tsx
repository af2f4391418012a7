// What a share link shows to somebody without an account: the plan, its rooms, the furniture, totals as far as the link
// allows, and where it asks for it, the approval.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, lazy, Suspense, useMemo, useState } from 'react';
import { SPACE_TYPES } from '../../../../contract/plan.ts';
import type { SharedProject } from '../../../../contract/sharing.ts';
import { ApiProblem, problemText } from '../../api/problem.ts';
import { downloadShared, sharedQuery, useUnlock } from '../../api/sharing.ts';
import { Mark } from '../../app/shell-mark.tsx';
import { ALL_LAYERS } from '../../plan-editor/model/layers.ts';
import { makeScene } from '../../plan-editor/model/scene.ts';
import { RoomSwatch, SPACE_TYPE_LABELS, StatusDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Segmented } from '../../ui/field.tsx';
import { Area, Money, Stat, StatRow } from '../../ui/figures.tsx';
import { useTitle } from '../../ui/page.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatBytes, formatCount, formatDate } from '../../ui/units.ts';
import { Decide, Speak } from './answers.tsx';
import { piecesOf, roomOf } from './shown.ts';

const PlanView = lazy(() =>
  import('../../plan-editor/svg/plan-view.tsx').then((module) => ({ default: module.PlanView })),
);
const LAYERS = { ...ALL_LAYERS, doubts: false, findings: false };

export default function SharedPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const shared = useQuery(sharedQuery(token));
  useTitle(shared.data?.project.name ?? 'Shared project');
  if (shared.isPending)
    return (
      <Frame>
        <SkeletonLines lines={6} />
      </Frame>
    );
  if (shared.isError) {
    if (shared.error instanceof ApiProblem && shared.error.status === 401)
      return (
        <Frame>
          <Unlock token={token} />
        </Frame>
      );
    const gone = shared.error instanceof ApiProblem && shared.error.status === 404;
    return (
      <Frame>
        <ErrorState
          title={gone ? 'This link shows nothing' : 'The project could not be loaded'}
          error={shared.error}
          onRetry={gone ? undefined : () => void shared.refetch()}
        />
      </Frame>
    );
  }
  return <Shown token={token} shared={shared.data} />;
}

function Frame({ children }: { children: React.ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="w-full max-w-100">
        <p className="mb-6 flex items-center gap-2.5 text-sm font-medium">
          <Mark /> OFS
        </p>
        {children}
      </div>
    </main>
  );
}

function Unlock({ token }: { token: string }) {
  const unlock = useUnlock(token);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    unlock.mutate(String(new FormData(event.currentTarget).get('password') ?? ''));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <h1 className="text-2xl font-semibold">This link has a password</h1>
      <Field label="Password" error={unlock.error ? problemText(unlock.error) : undefined}>
        <Input name="password" type="password" required autoFocus autoComplete="off" />
      </Field>
      <Button type="submit" variant="primary" busy={unlock.isPending}>
        Open
      </Button>
    </form>
  );
}

function Shown({ token, shared }: { token: string; shared: SharedProject }) {
  const { project, organization, link, scenarios } = shared;
  const [room, setRoom] = useState<string | null>(null);
  const [floorId, setFloorId] = useState(shared.floors[0]?.id ?? '');
  const floor = shared.floors.find(({ id }) => id === floorId) ?? shared.floors[0];
  const scene = useMemo(() => (floor ? makeScene(floor.plan, floor.spaces.map(roomOf)) : null), [floor]);
  const pieces = useMemo(() => piecesOf(shared), [shared]);
  const chosen = scenarios.find((one) => one.is_selected) ?? scenarios.find((one) => one.type === 'balanced');
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] md:h-dvh">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-hairline px-5 py-3">
        {organization?.branding.logo ? (
          <img src={organization.branding.logo} alt={organization.name} className="h-7" />
        ) : (
          <Mark />
        )}
        <div className="min-w-0">
          <h1 className="truncate text-lg font-semibold">{project.name}</h1>
          <p className="text-xs text-ink-3">
            {[organization?.name, project.client_name && `for ${project.client_name}`]
              .filter(Boolean)
              .join(', ')}
          </p>
        </div>
        <span className="ml-auto flex items-center gap-4 text-sm">
          <StatusDot status={project.status} />
          <span className="text-xs text-ink-3">open until {formatDate(link.expires_at)}</span>
        </span>
      </header>
      <div className="grid min-h-0 md:grid-cols-[minmax(0,1.5fr)_minmax(22rem,1fr)]">
        <section aria-label="Plan" className="relative min-h-80 bg-plan">
          {scene && floor ? (
            <Suspense>
              <PlanView
                subject={floor.id}
                scene={scene}
                pieces={pieces}
                layers={LAYERS}
                selected={room}
                onSelect={setRoom}
                selectedPin={null}
                onSelectPin={() => {}}
              />
            </Suspense>
          ) : (
            <p className="p-6 text-sm text-ink-2">There is no plan yet.</p>
          )}
          {shared.floors.length > 1 ? (
            <Segmented
              label="Floor"
              value={floor?.id ?? ''}
              onChange={setFloorId}
              className="absolute top-3 left-3"
              options={shared.floors.map(({ id, level_name }, i) => ({
                value: id,
                label: level_name ?? `Floor ${i + 1}`,
              }))}
            />
          ) : null}
        </section>
        <main className="min-h-0 overflow-y-auto border-hairline px-5 py-4 md:border-l">
          {chosen && chosen.total !== null ? (
            <StatRow className="mb-6">
              <Stat
                label={link.prices === 'list' ? 'Furniture at list prices' : `Total, ${chosen.name}`}
                value={<Money amount={chosen.total} currency={chosen.currency} />}
              />
            </StatRow>
          ) : null}
          {project.description ? (
            <p className="mb-6 text-sm whitespace-pre-wrap text-ink-2">{project.description}</p>
          ) : null}
          <Rooms shared={shared} room={room} onRoom={setRoom} currency={chosen?.currency ?? 'USD'} />
          {shared.files.length > 0 ? <Files token={token} files={shared.files} /> : null}
          {link.role === 'viewer' ? null : <Speak token={token} shared={shared} room={room} />}
          {link.role === 'approver' ? <Decide token={token} shared={shared} /> : null}
        </main>
      </div>
    </div>
  );
}

function Rooms(props: {
  shared: SharedProject;
  room: string | null;
  onRoom: (id: string | null) => void;
  currency: string;
}) {
  const { shared, room, onRoom, currency } = props;
  const spaces = shared.floors.flatMap(({ spaces }) => spaces);
  const lines = (id: string | null) => shared.items.filter((item) => item.space_id === id);
  const loose = lines(null);
  return (
    <section className="mb-6">
      <h2 className="mb-2 text-sm font-medium">
        {formatCount(spaces.length)} {spaces.length === 1 ? 'room' : 'rooms'}
      </h2>
      <ul className="border-t border-hairline">
        {spaces.map((space) => {
          const open = room === space.id;
          const own = lines(space.id);
          return (
            <li key={space.id} className="border-b border-hairline">
              <button
                type="button"
                aria-expanded={open}
                onClick={() => onRoom(open ? null : space.id)}
                className="flex min-h-10 w-full items-center gap-2.5 text-left text-sm hover:bg-hover"
              >
                <RoomSwatch type={SPACE_TYPES.includes(space.type) ? space.type : 'other'} />
                <span className="min-w-0 flex-1 truncate">
                  {[space.number, space.name].filter(Boolean).join(' ') || SPACE_TYPE_LABELS[space.type]}
                </span>
                <span className="text-xs text-ink-3">
                  {own.length > 0
                    ? `${formatCount(own.reduce((sum, { quantity }) => sum + quantity, 0))} pieces`
                    : ''}
                </span>
                <span className="w-20 text-right">
                  <Area sqft={space.area_sqft} />
                </span>
              </button>
              {open ? <Lines items={own} currency={currency} /> : null}
            </li>
          );
        })}
      </ul>
      {loose.length > 0 ? (
        <>
          <h3 className="mt-4 mb-1 text-sm font-medium">In no room</h3>
          <Lines items={loose} currency={currency} />
        </>
      ) : null}
    </section>
  );
}

function Lines({ items, currency }: { items: SharedProject['items']; currency: string }) {
  if (items.length === 0) return <p className="pb-3 pl-6 text-sm text-ink-3">No furniture.</p>;
  return (
    <ul className="pb-2 pl-6">
      {items.map((item) => (
        <li key={item.id} className="flex gap-3 py-1.5 text-sm">
          <span className="w-8 shrink-0 text-right tabular-nums">{formatCount(item.quantity)}</span>
          <span className="min-w-0 flex-1">
            {item.name}
            <span className="block text-xs text-ink-3">
              {[item.brand, item.need].filter(Boolean).join(', ')}
            </span>
          </span>
          {item.total_price === null ? null : (
            <span className="text-right">
              <Money amount={item.total_price} currency={currency} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Files({ token, files }: { token: string; files: SharedProject['files'] }) {
  const save = async (id: string, name: string) => {
    try {
      const url = URL.createObjectURL(await downloadShared(token, id));
      const link = Object.assign(document.createElement('a'), { href: url, download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  };
  return (
    <section className="mb-6">
      <h2 className="mb-2 text-sm font-medium">Files</h2>
      <ul className="divide-y divide-hairline border-y border-hairline">
        {files.map((file) => (
          <li key={file.id} className="flex items-center gap-3 py-2 text-sm">
            <span className="min-w-0 flex-1 truncate">{file.file_name}</span>
            <span className="text-xs text-ink-3">{formatBytes(file.bytes)}</span>
            <Button size="sm" onClick={() => void save(file.id, file.file_name)}>
              Download
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
