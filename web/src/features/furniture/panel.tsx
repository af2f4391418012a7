// Furniture: what each room gets, why, and what could stand in its place; decided item by item, with the keyboard if wanted.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { Recommendation, RecommendationItem } from '../../../../contract/recommendations.ts';
import { recommendationQuery } from '../../api/recommendations.ts';
import { useLetterKeys } from '../../app/letter-keys.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Segmented } from '../../ui/field.tsx';
import { Money } from '../../ui/figures.tsx';
import { PanelBody, PanelHeader } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import { AddItem } from './add-item.tsx';
import { groupByRoom, type RoomGroup } from './groups.ts';
import { type OpenQuestion, useItemActions } from './item-actions.ts';
import { Notes, SeatLine } from './notes.tsx';
import { QuestionDialog } from './question.tsx';
import { RecommendButton, RecommendProgress, useRecommendJob } from './recommend.tsx';
import { CannotBeMet } from './relax.tsx';
import { useRoomActions } from './room-actions.ts';
import { RoomSection } from './room-section.tsx';
import { SceneLine } from './scene-line.tsx';
import { focusRow, useFurnitureAddress, useItemKeys } from './state.ts';

const RECOMMEND_KEYS = ['R'] as const;

export default function Panel({ project }: { project: Project }) {
  const { scenario, showScenario } = useFurnitureAddress();
  const job = useRecommendJob(project);
  const latest = job.list.data?.[0];
  // A request whose limits cannot be kept stands above the bill made before it.
  const refused = latest?.summary['state'] === 'infeasible' ? latest : undefined;
  const newest = refused
    ? (job.list.data?.find((each) => each.summary['state'] === 'ready') ?? refused)
    : latest;
  const refusal = useQuery({ ...recommendationQuery(refused?.id ?? ''), enabled: refused !== undefined });
  const recommendation = useQuery({
    ...recommendationQuery(newest?.id ?? '', scenario),
    enabled: newest !== undefined,
    placeholderData: (before) => (before?.id === newest?.id ? before : undefined),
  });
  const data = recommendation.data;
  const shown = data ? shownScenario(data, scenario) : undefined;
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  useLetterKeys(RECOMMEND_KEYS, () => focusOn('[data-recommend]'));
  return (
    <>
      <PanelHeader
        title="Furniture"
        note={data && shown ? <Headline recommendation={data} type={shown.type} /> : undefined}
        actions={
          mayEdit && newest ? <RecommendButton job={job} again locked={lockedCount(data)} /> : undefined
        }
      >
        {job.running ? <RecommendProgress job={job} /> : null}
        {data && data.scenarios.length > 1 && shown ? (
          <Segmented
            label="Scenario"
            value={shown.type}
            options={data.scenarios.map((each) => ({ value: each.type, label: each.name }))}
            onChange={showScenario}
            className="self-start"
          />
        ) : null}
        {job.error ? <ErrorState title="No furniture was recommended" error={job.error} /> : null}
      </PanelHeader>
      <PanelBody>
        {job.list.isError ? (
          <ErrorState
            title="The recommendation could not be loaded"
            error={job.list.error}
            onRetry={() => void job.list.refetch()}
          />
        ) : job.list.isPending || (newest && recommendation.isPending) ? (
          <SkeletonLines lines={9} />
        ) : recommendation.isError ? (
          <ErrorState
            title="The recommendation could not be loaded"
            error={recommendation.error}
            onRetry={() => void recommendation.refetch()}
          />
        ) : data ? (
          <>
            {refusal.data ? (
              <CannotBeMet
                recommendation={refusal.data}
                job={job}
                allowed={mayEdit}
                earlier={data.id !== refusal.data.id}
              />
            ) : null}
            {data.scenarios.length > 0 || data.infeasibility === null ? (
              <Bill project={project} recommendation={data} />
            ) : null}
          </>
        ) : job.running ? null : (
          <EmptyState title="No furniture yet" action={mayEdit ? <RecommendButton job={job} /> : undefined}>
            Each room gets what its use and the brief ask for, chosen from the catalogue within budget, lead
            time and your other limits, with a reason and alternatives for every item.
          </EmptyState>
        )}
      </PanelBody>
    </>
  );
}

function lockedCount(recommendation: Recommendation | undefined): number {
  return recommendation?.items.filter((item) => item.locked).length ?? 0;
}

/** The scenario whose items are on screen: the one asked for, the selected, else the balanced one. */
function shownScenario(recommendation: Recommendation, asked: string | null) {
  const { scenarios } = recommendation;
  return (
    scenarios.find((each) => each.type === asked) ??
    scenarios.find((each) => each.is_selected) ??
    scenarios.find((each) => each.type === 'balanced') ??
    scenarios[0]
  );
}

function Headline({ recommendation, type }: { recommendation: Recommendation; type: string }) {
  const kept = recommendation.items.filter((item) => item.status !== 'rejected');
  const pieces = kept.reduce((sum, item) => sum + item.quantity, 0);
  const total = kept.reduce((sum, item) => sum + item.total_price, 0);
  const currency = recommendation.scenarios.find((each) => each.type === type)?.currency;
  return (
    <>
      {formatCount(pieces)} pieces, furniture <Money amount={total} currency={currency ?? 'USD'} />
    </>
  );
}

function Bill({ project, recommendation }: { project: Project; recommendation: Recommendation }) {
  const address = useFurnitureAddress();
  const { space_id, selectSpace } = useSelection();
  const groups = useMemo(() => groupByRoom(recommendation.items), [recommendation.items]);
  const [rejecting, setRejecting] = useState<RecommendationItem | null>(null);
  const open = useOpenRooms(groups, space_id);
  const currency = shownScenario(recommendation, address.scenario)?.currency ?? 'USD';
  const scenario = shownScenario(recommendation, address.scenario);
  const [question, setQuestion] = useState<OpenQuestion | null>(null);
  const [adding, setAdding] = useState<{ space_id: string | null } | null>(null);
  const ask = useMemo(() => ({ reason: setRejecting, question: setQuestion }), []);
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const actions = useItemActions(project.id, recommendation.id, currency, mayEdit, ask);
  const decideRoom = useRoomActions(project.id, recommendation.id, scenario?.type ?? 'balanced', actions);
  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  const current = items.find((item) => item.id === address.item_id) ?? null;
  const walkTo = useWalk(current?.id ?? null);
  const goTo = (item: RecommendationItem | undefined) => {
    if (!item) return;
    setRejecting(null);
    open.show(item.space_id);
    walkTo(item.id);
    address.showItem(item);
  };

  /** Where the walk stands: on the item, before the selected room, or before the first. */
  const here = items.findIndex((item) => (current ? item === current : item.space_id === space_id));
  const at = current ? here : Math.max(0, here) - 1;
  useItemKeys((key) => {
    if (key === 'j' || key === 'k') {
      goTo(items[at + (key === 'j' ? 1 : -1)] ?? (current ? undefined : items.at(-1)));
    } else if (key === 'o') {
      const next = [...items.slice(at + 1), ...items.slice(0, at + 1)].find(isOpen);
      if (next) goTo(next);
      else toast('Every item is decided');
    } else if (key === 'u') actions.undoLast();
    else if (key === 'i') {
      if (mayEdit) setAdding({ space_id: current?.space_id ?? space_id });
    } else if (key === 'J' || key === 'K') {
      const at = groups.findIndex((group) => group.space_id === (current?.space_id ?? space_id));
      goTo(groups[at < 0 ? 0 : at + (key === 'J' ? 1 : -1)]?.items[0]);
    } else if (key === 'n') focusOn(`[data-arrange="${CSS.escape(current?.space_id ?? 'all')}"]`)?.click();
    else if (key === 'A' || key === 'L' || key === 'C' || key === 'E') {
      const space = current?.space_id ?? space_id;
      const group = groups.find((one) => one.space_id === space);
      const unlocking = key === 'L' && group?.items.every((item) => item.locked);
      if (group) decideRoom(group, unlocking ? 'unlock' : ROOM_KEYS[key]);
    } else if (current && actions.allowed) {
      if (key === 'a') actions.accept(current);
      if (key === 'l') actions.lock(current);
      if (key === 'r') setRejecting(current);
      if (key === 's') focusOn(`[data-swap="${CSS.escape(current.id)}"]`);
      if (key === 'q') focusOn(`[data-count="${CSS.escape(current.id)}"]`);
    }
  });

  return (
    <div className="flex flex-col gap-4">
      <QuestionDialog question={question} onClose={() => setQuestion(null)} actions={actions} />
      {adding && scenario ? (
        <AddItem
          projectId={project.id}
          recommendationId={recommendation.id}
          scenario={scenario.type}
          currency={currency}
          groups={groups}
          space_id={adding.space_id}
          actions={actions}
          onClose={() => setAdding(null)}
        />
      ) : null}
      {scenario ? (
        <SceneLine project={project} scenario={scenario} recommendation={recommendation} actions={actions} />
      ) : null}
      <SeatLine summary={recommendation.summary} project={project} />
      <Notes notes={recommendation.notes} />
      {items.length === 0 ? (
        <p className="text-sm text-ink-2">This scenario holds no items. The notes above say why.</p>
      ) : null}
      <div>
        {scenario === undefined
          ? null
          : groups.map((group) => (
              <RoomSection
                key={group.space_id ?? 'project'}
                group={group}
                currency={currency}
                selected={group.space_id !== null && group.space_id === space_id}
                open={open.isOpen(group.space_id)}
                onToggle={() => {
                  const opening = !open.isOpen(group.space_id);
                  open.toggle(group.space_id);
                  if (opening && group.space_id) selectSpace(group.space_id);
                }}
                item_id={address.item_id}
                rejecting_id={rejecting?.id ?? null}
                actions={actions}
                projectId={project.id}
                scenario={scenario}
                decideRoom={decideRoom}
                onAdd={(id) => setAdding({ space_id: id })}
                onItem={(item) => {
                  setRejecting(null);
                  address.showItem(item.id === address.item_id ? null : item);
                }}
              />
            ))}
      </div>
    </div>
  );
}

/** What a capital letter does to the whole room. */
const ROOM_KEYS = { A: 'accept', L: 'lock', C: 'copy_to_like', E: 'accept_like' } as const;

/** Items nobody has decided on; a locked one is decided. */
const isOpen = (item: RecommendationItem) => item.status === 'proposed' && !item.locked;

function focusOn(selector: string): HTMLElement | null {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  if (found instanceof HTMLInputElement) found.select();
  return found;
}

/** Walking by key takes the focus along, once the item is shown. */
function useWalk(shown: string | null): (item_id: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null || wanted.current !== shown) return;
    wanted.current = null;
    focusRow(shown);
  }, [shown]);
  return useCallback((item_id: string) => {
    wanted.current = item_id;
  }, []);
}

/** Short bills lie open; in long ones the room selected on the plan opens, and stays open until closed. */
function useOpenRooms(groups: readonly RoomGroup[], selected: string | null) {
  const short = groups.reduce((sum, group) => sum + group.items.length, 0) <= 16;
  const [changed, setChanged] = useState<Record<string, boolean>>({});
  const name = (id: string | null) => id ?? '';
  const isOpen = (id: string | null) => changed[name(id)] ?? short;
  const show = useCallback(
    (id: string | null) => setChanged((before) => ({ ...before, [id ?? '']: true })),
    [],
  );
  useEffect(() => {
    if (selected) show(selected);
  }, [selected, show]);
  return {
    isOpen,
    show,
    toggle: (id: string | null) => setChanged((before) => ({ ...before, [name(id)]: !isOpen(id) })),
  };
}
