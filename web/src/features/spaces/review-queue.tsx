// The review: one doubtful room after another, large on the plan, with what was doubtful about it in words.
import { Check } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Space } from '../../../../contract/floorplans.ts';
import type { SpaceCharacteristics, SpaceType } from '../../../../contract/plan.ts';
import { isTyping } from '../../app/shortcuts.ts';
import {
  inReviewOrder,
  isDoubtful,
  needsReview,
  nextToReview,
  reviewProgress,
  wasLookedAt,
} from '../../plan-editor/model/review.ts';
import { roomName } from '../../plan-editor/svg/layers.tsx';
import { useSelection } from '../../routes/workspace/selection.ts';
import { RoomSwatch, SPACE_TYPE_LABELS } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Select } from '../../ui/field.tsx';
import { Area } from '../../ui/figures.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { showInBox } from '../../ui/scroll.ts';
import { Progress, ShareBar } from '../../ui/states.tsx';
import { formatCount } from '../../ui/units.ts';
import type { RoomActions } from '../plan/actions.ts';
import type { PlanStage } from '../plan/stage.tsx';

export function ReviewQueue({ stage, actions }: { stage: PlanStage; actions: RoomActions }) {
  const { space_id, selectSpace } = useSelection();
  const ordered = useMemo(
    () => inReviewOrder(stage.spaces).filter((space) => space.detection_confidence !== null),
    [stage.spaces],
  );
  const { done, of } = reviewProgress(stage.spaces);
  const current = ordered.find((space) => space.id === space_id) ?? null;

  const show = (space: Space | null | undefined) => {
    if (!space) return;
    stage.setAlso([]);
    selectSpace(space.id);
    stage.zoomTo(space.id);
  };
  const confirm = (space: Space) => {
    if (!stage.may_edit) return;
    const next = nextToReview(ordered, space.id);
    if (!wasLookedAt(space)) actions.confirm(space);
    show(next ?? ordered[ordered.indexOf(space) + 1]);
  };
  useReviewKeys((key) => {
    const at = current ? ordered.indexOf(current) : -1;
    if (key === 'j') show(current ? ordered[at + 1] : (ordered.find(needsReview) ?? ordered[0]));
    else if (key === 'k') show(ordered[Math.max(0, at - 1)]);
    else if (!current || stage.session.get().tool !== 'select') return false;
    else if (key === 'enter') confirm(current);
    else if (stage.may_edit) stage.takeTool('corners');
    return true;
  });

  const firstSure = ordered.findIndex((space) => !isDoubtful(space));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="border-b border-hairline px-5 py-3">
        {of === 0 ? (
          <p className="flex items-center gap-2 text-sm text-good">
            <Check className="size-4" aria-hidden="true" /> No room is doubtful. Look through the rest if you
            like.
          </p>
        ) : (
          <Progress
            label={
              done === of
                ? `All ${formatCount(of)} doubtful rooms reviewed`
                : `${formatCount(done)} of ${formatCount(of)} reviewed`
            }
            value={(done / of) * 100}
          />
        )}
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3 max-md:hidden">
          <span>
            <Kbd>J</Kbd> <Kbd>K</Kbd> next, previous
          </span>
          <span>
            <Kbd>↵</Kbd> looks right
          </span>
          <span>
            <Kbd>E</Kbd> correct
          </span>
        </p>
      </div>
      <ul aria-label="Rooms to review" className="min-h-0 flex-1 overflow-y-auto">
        {ordered.map((space, index) => (
          <li key={space.id}>
            {index === firstSure && firstSure > 0 ? (
              <p className="border-b border-hairline bg-sunken px-5 py-1.5 text-xs text-ink-3">
                Read with confidence
              </p>
            ) : null}
            <ReviewRow
              space={space}
              open={space === current}
              stage={stage}
              actions={actions}
              onOpen={() => show(space)}
              onConfirm={() => confirm(space)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  space: Space;
  open: boolean;
  stage: PlanStage;
  actions: RoomActions;
  onOpen: () => void;
  onConfirm: () => void;
}

function ReviewRow({ space, open, stage, actions, onOpen, onConfirm }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open && row.current) showInBox(row.current);
  }, [open]);
  const facts = space.characteristics as Partial<SpaceCharacteristics>;
  const doubts = facts.doubts ?? [];
  return (
    <div
      ref={row}
      className={cx(
        'border-b border-hairline',
        open ? 'shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={onOpen}
        className="grid min-h-12 w-full grid-cols-[minmax(0,1fr)_auto_5.25rem] items-center gap-x-3 py-1.5 pr-4 pl-5 text-left outline-offset-[-2px]"
      >
        <span className="flex min-w-0 items-center gap-2.5">
          <RoomSwatch type={space.type} />
          <span className="min-w-0">
            <span className="block truncate text-sm font-medium">{roomName(space)}</span>
            <span className="block truncate text-xs text-ink-3">
              {doubts[0] ?? SPACE_TYPE_LABELS[space.type]}
            </span>
          </span>
        </span>
        <span className="text-sm">
          <Area sqft={space.area_sqft} />
        </span>
        <span className="flex justify-end">
          {wasLookedAt(space) ? (
            <span className="inline-flex items-center gap-1 text-xs text-good">
              <Check className="size-3.5" aria-hidden="true" /> reviewed
            </span>
          ) : (
            <ShareBar value={space.detection_confidence} label="Confidence" />
          )}
        </span>
      </button>
      {open ? (
        <div className="pr-5 pb-4 pl-10 text-sm">
          {doubts.length > 0 ? (
            <ul className="list-disc pl-4 text-ink-2 marker:text-warn">
              {doubts.map((doubt) => (
                <li key={doubt}>{doubt}</li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-2">Nothing stood out while reading it.</p>
          )}
          {stage.may_edit ? (
            <div className="mt-3 flex flex-wrap items-center gap-2">
              <Button size="sm" variant="primary" onClick={onConfirm}>
                Looks right{' '}
                <span className="max-md:hidden">
                  <Kbd inverted>↵</Kbd>
                </span>
              </Button>
              <Button size="sm" className="max-md:hidden" onClick={() => stage.takeTool('corners')}>
                Correct outline <Kbd>E</Kbd>
              </Button>
              <Select
                aria-label="Type of the room"
                controlSize="sm"
                value={space.type}
                onChange={(event) => actions.describe([space], { type: event.target.value as SpaceType })}
              >
                {(Object.keys(SPACE_TYPE_LABELS) as SpaceType[]).map((type) => (
                  <option key={type} value={type}>
                    {SPACE_TYPE_LABELS[type]}
                  </option>
                ))}
              </Select>
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

type ReviewKey = 'j' | 'k' | 'enter' | 'e';

/** Heard while mounted, except while typing; a button that has the focus keeps its own Enter. */
function useReviewKeys(onKey: (key: ReviewKey) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
      if (isTyping(event) || document.querySelector('dialog[open], [role="menu"]')) return;
      const key = event.key.toLowerCase();
      if (!['j', 'k', 'enter', 'e'].includes(key)) return;
      const onControl = event.target instanceof Element && event.target.closest('button, a') !== null;
      if (key === 'enter' && onControl) return;
      if (latest.current(key as ReviewKey)) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
