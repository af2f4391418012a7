// The left half of the workspace: upload, the reading of a file as it runs, and the drawing.
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { isWorking } from '../../api/floor-plans.ts';
import { makePieces } from '../../plan-editor/model/furniture.ts';
import type { Layers } from '../../plan-editor/model/layers.ts';
import type { Scene } from '../../plan-editor/model/scene.ts';
import { AT_REST, setsPoints } from '../../plan-editor/model/session.ts';
import { EditOverlay } from '../../plan-editor/svg/edit-overlay.tsx';
import { useStore } from '../../plan-editor/svg/use-store.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { useShown3d } from '../three/address.ts';
import { useShownBill } from '../three/shown-bill.ts';
import { PlanOr3d } from '../three/switch.tsx';
import { hasWebGl, NO_WEBGL } from '../three/webgl.ts';
import { useRoomActions } from './actions.ts';
import { ChooseFile } from './choose-file.tsx';
import { DifferencesLayer } from './differences.tsx';
import { FindingCard } from './finding-card.tsx';
import { FloorBar } from './floor-bar.tsx';
import { useHandOn } from './hand.ts';
import { HandBar } from './hand-bar.tsx';
import { usePlanKeys } from './keys.ts';
import { LayersMenu } from './layers-menu.tsx';
import { NamingCard } from './naming-card.tsx';
import { isPicture, OriginalPicture } from './original-picture.tsx';
import { ReadAgain, ReadingBar, ReadingProgress } from './reading-bar.tsx';
import { ScaleBanner } from './scale-banner.tsx';
import { ScreeningLayer } from './screening-layer.tsx';
import { type PlanStage, usePlanStage } from './stage.tsx';
import { ToolStrip } from './tool-strip.tsx';
import { DropZone, UploadProgress } from './upload.tsx';

const FloorView = lazy(() => import('../three/floor-view.tsx'));
const PlanView = lazy(() =>
  import('../../plan-editor/svg/plan-view.tsx').then((module) => ({ default: module.PlanView })),
);

export function PlanPane() {
  const stage = usePlanStage();
  const { upload } = stage;
  return (
    <DropZone disabled={!stage.may_edit} onFile={upload.start}>
      {stage.plans.length > 0 ? (
        <FloorBar stage={stage} onFile={upload.start} after={<Switch stage={stage} />} />
      ) : null}
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
  const drawn = plan.space_count > 0 || plan.status === 'analyzed';
  if (isWorking(plan) && !drawn) {
    return (
      <Middle>
        <ReadingProgress plan={plan} stage={stage} />
      </Middle>
    );
  }
  if (plan.status === 'failed' && !drawn)
    return <FailedPlan plan={plan} stage={stage} onFile={props.onFile} />;
  return (
    <>
      <Drawing stage={stage} />
      <ReadingBar plan={plan} stage={stage} />
    </>
  );
}

/** Plan or 3D: where furniture stands, and rooms are not being corrected. */
function useMay3d(stage: PlanStage): boolean {
  const pieces = usePieces(stage);
  return !useCorrecting() && stage.scene !== null && pieces.length > 0;
}
function Switch({ stage }: { stage: PlanStage }) {
  return useMay3d(stage) ? <PlanOr3d /> : null;
}

/** The steps in which rooms are corrected. */
function useCorrecting(): boolean {
  const { step } = useParams({ strict: false });
  return step === 'plan' || step === 'spaces';
}

function In3d({ stage, plan }: { stage: PlanStage; plan: FloorPlan }) {
  if (!hasWebGl())
    return (
      <Middle>
        <EmptyState title="No 3D here">{NO_WEBGL}</EmptyState>
      </Middle>
    );
  return <FloorView key={plan.id} stage={stage} plan={plan} />;
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

function FailedPlan(props: { plan: FloorPlan; stage: PlanStage; onFile: (file: File) => void }) {
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
            <ReadAgain plan={plan} stage={props.stage} size="lg" />
          </div>
        ) : null}
      </div>
    </Middle>
  );
}

function Drawing({ stage }: { stage: PlanStage }) {
  const { plan } = stage;
  const { shown } = useShown3d();
  const in3d = useMay3d(stage) && shown;
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
  if (!stage.scene) {
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
      {in3d ? <In3d stage={stage} plan={plan} /> : <Sheet stage={stage} plan={plan} scene={stage.scene} />}
    </Suspense>
  );
}

/** The drawing with the hand on it. */
function Sheet({ stage, plan, scene }: { stage: PlanStage; plan: FloorPlan; scene: Scene }) {
  const { space_id, selectSpace } = useSelection();
  const pieces = usePieces(stage);
  const { step } = useParams({ strict: false });
  const correcting = useCorrecting();
  const held = useStore(stage.session, (session) => session.tool);
  const actions = useRoomActions(stage);
  const hand = useHandOn(stage, actions, setsPoints(held));
  usePlanKeys(stage, hand, actions, correcting);
  const { session, also, chosen, setAlso } = stage;
  useEffect(() => {
    if (!correcting) session.set(AT_REST);
  }, [correcting, session]);
  // Findings belong to the plan; elsewhere their pins would hide what the step is about. One asked for shows everywhere.
  const pins = step === 'plan' || stage.finding !== null;
  const layers = useMemo(
    () => ({ ...stage.layers, findings: stage.layers.findings && held === 'select' && pins }),
    [held, pins, stage.layers],
  );
  const without = new Set<keyof Layers>();
  if (pieces.length === 0) without.add('furniture');
  if (!isPicture(plan)) without.add('original');
  return (
    <>
      <PlanView
        subject={plan.id}
        scene={scene}
        pieces={pieces}
        layers={layers}
        selected={space_id}
        also={also}
        onSelect={(id) => {
          setAlso([]);
          selectSpace(id);
        }}
        onToggle={(id) => {
          const left = chosen.map((space) => space.id).filter((other) => other !== id);
          const ids = left.length < chosen.length ? left : [...left, id];
          setAlso(ids.slice(1));
          selectSpace(ids[0] ?? null);
        }}
        onLabel={(id) => {
          if (!stage.may_edit || !correcting) return false;
          selectSpace(id);
          stage.setNaming(id);
          return true;
        }}
        selectedPin={stage.finding}
        onSelectPin={stage.setFinding}
        tool={correcting ? hand.tool : null}
        zoom={stage.zoom}
        under={stage.layers.original ? <OriginalPicture plan={plan} frame={stage.frame} /> : null}
        layer={() => <DifferencesLayer stage={stage} />}
        over={(k) => (
          <>
            {stage.layers.findings ? <ScreeningLayer stage={stage} k={k} /> : null}
            {correcting ? <EditOverlay scene={scene} session={session} selected={space_id} k={k} /> : null}
          </>
        )}
        tools={<LayersMenu layers={stage.layers} onChange={stage.setLayers} without={without} />}
      />
      {correcting ? (
        <>
          <ToolStrip stage={stage} hand={hand} actions={actions} />
          <div className="pointer-events-none absolute top-3 right-3 left-3 z-10 flex justify-end">
            <HandBar stage={stage} hand={hand} actions={actions} />
          </div>
          <NamingCard stage={stage} actions={actions} />
        </>
      ) : null}
      <ScaleBanner stage={stage} />
      <FindingCard stage={stage} />
    </>
  );
}

/** The furniture of the bill that the list shows, as far as it stands on this floor. */
function usePieces(stage: PlanStage) {
  const bill = useShownBill(stage.project.id);
  return useMemo(() => {
    const here = new Set(stage.spaces.map((space) => space.id));
    return makePieces(bill?.items ?? []).filter(
      (piece) => piece.space_id === null || here.has(piece.space_id),
    );
  }, [bill, stage.spaces]);
}
