// The furnished floor in three dimensions: the same scene as the exported .glb, linked with plan and furniture list by the
// selection in the address. Loaded only when it is shown.
import { useQuery } from '@tanstack/react-query';
import { Camera, Footprints, Images, Maximize, Minus, Plus, RectangleHorizontal } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import type { Recommendation } from '../../../../contract/recommendations.ts';
import { floorModelQuery, useSaveRender } from '../../api/renders.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { useFurnitureAddress } from '../furniture/state.ts';
import type { PlanStage } from '../plan/stage.tsx';
import { PictureStrip } from './picture-strip.tsx';
import { useShownBill } from './shown-bill.ts';
import { type FloorStage, useFloorStage } from './use-floor-stage.ts';
import { WalkPad } from './walk-pad.tsx';

export default function FloorView({ stage, plan }: { stage: PlanStage; plan: FloorPlan }) {
  const host = useRef<HTMLDivElement>(null);
  const { space_id, selectSpace } = useSelection();
  const { scenario, item_id, showItem } = useFurnitureAddress();
  const recommendation = useShownBill(stage.project.id);
  const version = useMemo(() => versionOf(plan, recommendation), [plan, recommendation]);
  const model = useQuery(floorModelQuery(plan.id, scenario, version));
  const view = useFloorStage({
    host,
    subject: plan.id,
    bytes: model.data,
    selected: { space_id, item_id },
    onSelect: (pointed) => {
      if (pointed?.item_id) showItem({ id: pointed.item_id, space_id: pointed.space_id });
      else if (item_id !== null) {
        showItem(null);
        if (pointed) selectSpace(pointed.space_id);
      } else selectSpace(pointed?.space_id ?? null);
    },
  });
  const [pictures, setPictures] = useState(false);
  const named = useNames(stage, recommendation, space_id, item_id);
  const problem = view.problem ?? model.error;
  return (
    <div className="absolute inset-0 overflow-hidden bg-plan">
      <div
        ref={host}
        role="application"
        aria-label={`3D view of ${plan.level_name ?? plan.file_name}`}
        aria-roledescription="3D view"
        aria-describedby="three-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn the view while it has the focus.
        tabIndex={0}
        className="absolute inset-0 outline-offset-[-2px]"
      />
      <p id="three-keys" className="sr-only">
        Arrow keys turn, plus and minus zoom, Home shows the whole floor, W walks. While walking: W A S D or
        the arrows go, Q and E turn, Escape leaves.
      </p>
      <p role="status" className="sr-only">
        {named ? `Selected: ${named}` : ''}
      </p>
      {problem ? (
        <div className="absolute inset-0 grid place-items-center bg-plan p-6">
          <ErrorState
            title="The 3D view could not be shown"
            error={problem}
            onRetry={() => void model.refetch()}
          />
        </div>
      ) : view.ready ? null : (
        <div
          role="status"
          aria-label="Loading the 3D view"
          className="absolute inset-0 grid place-items-center"
        >
          <Skeleton className="h-2/5 w-3/5 rounded-sm" />
        </div>
      )}
      {view.ready && !problem ? (
        <>
          {named ? (
            <p className="pointer-events-none absolute top-14 left-3 max-w-[60%] truncate rounded-md bg-plan/85 px-2 py-1 text-sm">
              {named}
            </p>
          ) : null}
          {view.walking ? <WalkPad view={view} /> : null}
          <Tools
            view={view}
            stage={stage}
            plan={plan}
            scenario_id={shownScenarioId(recommendation, scenario)}
            subject={named}
            pictures={pictures}
            onPictures={setPictures}
          />
          {pictures ? <PictureStrip project={stage.project} onClose={() => setPictures(false)} /> : null}
        </>
      ) : null}
    </div>
  );
}

function shownScenarioId(recommendation: Recommendation | undefined, asked: string | null): string | null {
  const scenarios = recommendation?.scenarios ?? [];
  const shown =
    scenarios.find((each) => each.type === asked) ??
    scenarios.find((each) => each.is_selected) ??
    scenarios.find((each) => each.type === 'balanced');
  return shown?.id ?? null;
}

/** Changes whenever something in the scene may have moved, come or gone. */
function versionOf(plan: FloorPlan, recommendation: Recommendation | undefined): string {
  const standing = recommendation?.items.map((item) => [
    item.id,
    item.product.id,
    item.status === 'rejected',
    item.placement,
  ]);
  const text = JSON.stringify([
    plan.edit_revision,
    plan.processing_completed_at,
    plan.feet_per_unit,
    standing,
  ]);
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return `${text.length}.${sum}`;
}

function useNames(
  stage: PlanStage,
  recommendation: Recommendation | undefined,
  space_id: string | null,
  item_id: string | null,
): string | null {
  const space = stage.spaces.find((one) => one.id === space_id);
  const room = space ? [space.number, space.name].filter(Boolean).join(' ') || 'Room' : null;
  const item = recommendation?.items.find((one) => one.id === item_id);
  if (!item) return room;
  return room ? `${item.product.name}, ${room}` : item.product.name;
}

interface ToolsProps {
  view: FloorStage;
  stage: PlanStage;
  plan: FloorPlan;
  scenario_id: string | null;
  subject: string | null;
  pictures: boolean;
  onPictures: (open: boolean) => void;
}

function Tools({ view, stage, plan, scenario_id, subject, pictures, onPictures }: ToolsProps) {
  const save = useSaveRender(stage.project.id);
  const [taking, setTaking] = useState(false);
  const keep = async () => {
    setTaking(true);
    try {
      const floor = plan.level_name ?? plan.file_name;
      const name = [floor, subject ?? (view.walking ? 'inside' : 'from above')].join(', ').slice(0, 200);
      await save.mutateAsync({ name, picture: await view.picture(), floor_plan_id: plan.id, scenario_id });
      toast('Picture saved');
      onPictures(true);
    } catch (error) {
      toastProblem('The picture was not saved')(error);
    } finally {
      setTaking(false);
    }
  };
  return (
    <div className="absolute right-3 bottom-3 z-10 flex flex-col rounded-md border border-line bg-surface">
      <IconButton
        label={view.walking ? 'Leave the walk' : 'Walk through at eye height'}
        shortcut={view.walking ? 'Esc' : 'W'}
        side="left"
        pressed={view.walking}
        onClick={() => view.setWalking(!view.walking)}
      >
        <Footprints />
      </IconButton>
      <IconButton
        label="Low walls"
        side="left"
        pressed={view.low_walls}
        disabled={view.walking}
        onClick={() => view.setLowWalls(!view.low_walls)}
      >
        <RectangleHorizontal />
      </IconButton>
      {stage.may_edit ? (
        <IconButton label="Save picture" side="left" disabled={taking} onClick={() => void keep()}>
          <Camera />
        </IconButton>
      ) : null}
      <IconButton label="Saved pictures" side="left" pressed={pictures} onClick={() => onPictures(!pictures)}>
        <Images />
      </IconButton>
      <IconButton
        label="Zoom in"
        shortcut="+"
        side="left"
        disabled={view.walking}
        onClick={() => view.zoom(1)}
      >
        <Plus />
      </IconButton>
      <IconButton
        label="Zoom out"
        shortcut="−"
        side="left"
        disabled={view.walking}
        onClick={() => view.zoom(-1)}
      >
        <Minus />
      </IconButton>
      <IconButton
        label="Show the whole floor"
        shortcut="Home"
        side="left"
        disabled={view.walking}
        onClick={view.home}
      >
        <Maximize />
      </IconButton>
    </div>
  );
}
