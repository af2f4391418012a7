// The left half of the workspace: upload, the reading of a file as it runs, and the drawing.
import { useQuery } from '@tanstack/react-query';
import { Layers as LayersIcon, Plus, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useMemo, useRef } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { isWorking, useAnalyze } from '../../api/floor-plans.ts';
import { recommendationQuery, recommendationsQuery } from '../../api/recommendations.ts';
import { makePieces } from '../../plan-editor/model/furniture.ts';
import type { Layers } from '../../plan-editor/svg/plan-view.tsx';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Menu, MenuCheck, MenuLabel } from '../../ui/menu.tsx';
import { EmptyState, ErrorState, Progress } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { FindingCard } from './finding-card.tsx';
import { ScaleBanner } from './scale-banner.tsx';
import { type PlanStage, usePlanStage } from './stage.tsx';
import { ACCEPTED, DropZone, UploadProgress, useUpload } from './upload.tsx';

const PlanView = lazy(() =>
  import('../../plan-editor/svg/plan-view.tsx').then((module) => ({ default: module.PlanView })),
);

export function PlanPane() {
  const stage = usePlanStage();
  const upload = useUpload(stage.project.id);
  return (
    <DropZone disabled={!stage.may_edit} onFile={upload.start}>
      {stage.plans.length > 0 ? <FloorBar stage={stage} onFile={upload.start} /> : null}
      <Content
        stage={stage}
        onFile={upload.start}
        uploading={upload.state !== null && upload.state.problem === null}
      />
      <UploadProgress upload={upload} />
    </DropZone>
  );
}

function Content(props: { stage: PlanStage; onFile: (file: File) => void; uploading: boolean }) {
  const { stage } = props;
  const { plan, plans_state } = stage;
  if (plans_state.pending) return <SheetToCome />;
  if (plans_state.error) {
    return (
      <Middle>
        <ErrorState
          title="The floor plans could not be loaded"
          error={plans_state.error}
          onRetry={plans_state.retry}
        />
      </Middle>
    );
  }
  if (!plan) {
    return (
      <Middle>
        <EmptyState
          title="Start with the floor plan"
          action={stage.may_edit ? <ChooseFile onFile={props.onFile} busy={props.uploading} /> : null}
        >
          Drop a drawing here: DXF, DWG, PDF, PNG or JPG, up to 100 MB. Rooms, doors and areas are read from
          it, and you can correct everything afterwards.
        </EmptyState>
      </Middle>
    );
  }
  if (isWorking(plan)) {
    return (
      <Middle>
        <Progress
          label={
            plan.status === 'uploaded' ? `${plan.file_name} waits to be read` : `Reading ${plan.file_name}`
          }
          value={plan.progress_pct}
          note={plan.progress_note}
        />
      </Middle>
    );
  }
  if (plan.status === 'failed') return <FailedPlan plan={plan} stage={stage} onFile={props.onFile} />;
  return <Drawing stage={stage} />;
}

/** The sheet before its drawing: a frame, so that nothing jumps. */
function SheetToCome() {
  return (
    <div
      role="status"
      aria-label="Loading the drawing"
      className="absolute inset-x-10 inset-y-16 animate-pulse rounded-sm border border-line"
    />
  );
}

function Middle({ children }: { children: React.ReactNode }) {
  return (
    <div className="absolute inset-0 grid place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-110">{children}</div>
    </div>
  );
}

function ChooseFile({
  onFile,
  busy,
  quiet,
}: {
  onFile: (file: File) => void;
  busy?: boolean;
  quiet?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label="Floor plan file"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      {quiet ? (
        <IconButton label="Add a floor" size="sm" onClick={() => input.current?.click()}>
          <Plus />
        </IconButton>
      ) : (
        <Button variant="primary" size="lg" busy={busy} onClick={() => input.current?.click()}>
          Choose a floor plan
        </Button>
      )}
    </>
  );
}

function FailedPlan(props: { plan: FloorPlan; stage: PlanStage; onFile: (file: File) => void }) {
  const analyze = useAnalyze(props.stage.project.id);
  const { plan } = props;
  return (
    <Middle>
      <div role="alert">
        <h2 className="text-lg font-semibold">{plan.file_name} could not be read</h2>
        <p className="mt-1 mb-4 text-ink-2">
          {plan.processing_error ?? 'The reading stopped without saying why.'} The file itself is kept.
        </p>
        {props.stage.may_edit ? (
          <div className="flex flex-wrap gap-2">
            <ChooseFile onFile={props.onFile} />
            <Button
              size="lg"
              busy={analyze.isPending}
              onClick={() =>
                analyze.mutate(
                  { id: plan.id, options: {} },
                  { onError: toastProblem('The reading did not start') },
                )
              }
            >
              <RotateCcw /> Try again
            </Button>
          </div>
        ) : null}
      </div>
    </Middle>
  );
}

function Drawing({ stage }: { stage: PlanStage }) {
  const { space_id, selectSpace } = useSelection();
  const pieces = usePieces(stage);
  const { scene, plan } = stage;
  if (stage.spaces_state.error) {
    return (
      <Middle>
        <ErrorState
          title="The rooms could not be loaded"
          error={stage.spaces_state.error}
          onRetry={stage.spaces_state.retry}
        />
      </Middle>
    );
  }
  if (!plan || stage.spaces_state.pending) return <SheetToCome />;
  if (!scene) {
    return (
      <Middle>
        <EmptyState title="No rooms were found in this file" action={<ScaleBanner stage={stage} inline />}>
          It may hold only text or a picture too coarse to read. Another export of the same plan, as DXF or
          vector PDF, usually works.
        </EmptyState>
      </Middle>
    );
  }
  return (
    <Suspense fallback={<SheetToCome />}>
      <PlanView
        subject={plan.id}
        scene={scene}
        pieces={pieces}
        layers={stage.layers}
        selected={space_id}
        onSelect={selectSpace}
        selectedPin={stage.finding}
        onSelectPin={stage.setFinding}
        picking={
          stage.picking && {
            points: stage.picking,
            onPick: (point) => stage.setPicking([...(stage.picking ?? []).slice(-1), point]),
          }
        }
        tools={<LayersMenu layers={stage.layers} onChange={stage.setLayers} furnished={pieces.length > 0} />}
      />
      <ScaleBanner stage={stage} />
      <FindingCard stage={stage} />
    </Suspense>
  );
}

/** The furniture of the newest recommendation that stands on this floor. */
function usePieces(stage: PlanStage) {
  const { data: list } = useQuery(recommendationsQuery(stage.project.id));
  const newest = list?.[0];
  const { data } = useQuery({ ...recommendationQuery(newest?.id ?? ''), enabled: newest !== undefined });
  return useMemo(() => {
    const here = new Set(stage.spaces.map((space) => space.id));
    return makePieces(data?.items ?? []).filter(
      (piece) => piece.space_id === null || here.has(piece.space_id),
    );
  }, [data, stage.spaces]);
}

const LAYER_LABELS: Record<keyof Layers, string> = {
  colours: 'Colour by type',
  labels: 'Labels',
  openings: 'Doors and windows',
  columns: 'Columns',
  furniture: 'Furniture',
  doubts: 'Doubtful rooms',
  findings: 'Findings',
};

function LayersMenu(props: { layers: Layers; onChange: (layers: Layers) => void; furnished: boolean }) {
  return (
    <Menu
      side="left"
      align="end"
      trigger={
        <button
          type="button"
          aria-label="Layers"
          title="Layers"
          className="grid size-8 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <LayersIcon className="size-4" />
        </button>
      }
    >
      <MenuLabel>Show</MenuLabel>
      {(Object.keys(LAYER_LABELS) as (keyof Layers)[])
        .filter((layer) => layer !== 'furniture' || props.furnished)
        .map((layer) => (
          <MenuCheck
            key={layer}
            checked={props.layers[layer]}
            onChange={(on) => props.onChange({ ...props.layers, [layer]: on })}
          >
            {LAYER_LABELS[layer]}
          </MenuCheck>
        ))}
    </Menu>
  );
}

/** The floors of the building, and another one. */
function FloorBar({ stage, onFile }: { stage: PlanStage; onFile: (file: File) => void }) {
  const { selectFloor } = useSelection();
  return (
    <div className="absolute top-3 left-3 z-10 flex max-w-[calc(100%-1.5rem)] items-center gap-0.5 overflow-x-auto rounded-md border border-line bg-surface p-0.5">
      {stage.plans.map((plan) => (
        <button
          key={plan.id}
          type="button"
          aria-pressed={plan.id === stage.plan?.id}
          title={plan.file_name}
          onClick={() => selectFloor(plan.id)}
          className={cx(
            'h-7 max-w-48 truncate rounded-sm px-2.5 text-sm',
            plan.id === stage.plan?.id
              ? 'bg-accent-wash font-medium text-accent'
              : 'text-ink-2 hover:bg-hover',
          )}
        >
          {plan.level_name ?? plan.file_name}
        </button>
      ))}
      {stage.may_edit ? <ChooseFile onFile={onFile} quiet /> : null}
    </div>
  );
}
