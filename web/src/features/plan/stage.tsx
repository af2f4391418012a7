// What the plan pane and the step panels share inside one project: floors, the drawing shown, layers, tools in hand.
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { FloorPlan, Space } from '../../../../contract/floorplans.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { PlanDocument, PlanPoint } from '../../../../contract/plan.ts';
import type { Project } from '../../../../contract/projects.ts';
import { analysisQuery, floorPlansQuery, spacesQuery } from '../../api/floor-plans.ts';
import { makeScene, type Scene } from '../../plan-editor/model/scene.ts';
import { ALL_LAYERS, type Layers } from '../../plan-editor/svg/plan-view.tsx';
import { useSelection } from '../../routes/workspace/selection.ts';

export interface PlanStage {
  project: Project;
  may_edit: boolean;
  plans: readonly FloorPlan[];
  plans_state: { pending: boolean; error: unknown; retry: () => void };
  /** The floor on show. */
  plan: FloorPlan | null;
  document: PlanDocument | null;
  spaces: readonly Space[];
  spaces_state: { pending: boolean; error: unknown; retry: () => void };
  scene: Scene | null;
  layers: Layers;
  setLayers: (layers: Layers) => void;
  finding: string | null;
  setFinding: (key: string | null) => void;
  /** Points of a known distance being picked on the drawing; null while nobody asks for them. */
  picking: readonly PlanPoint[] | null;
  setPicking: (points: readonly PlanPoint[] | null) => void;
}

const StageContext = createContext<PlanStage | null>(null);

/** Inside the workspace only. */
export function usePlanStage(): PlanStage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('usePlanStage is for the workspace.');
  return stage;
}

const NO_SPACES: readonly Space[] = [];
const NO_PLANS: readonly FloorPlan[] = [];

export function PlanStageProvider({ project, children }: { project: Project; children: ReactNode }) {
  const { floor_id, selectSpace } = useSelection();
  const plansQuery = useQuery(floorPlansQuery(project.id));
  const plans = plansQuery.data ?? NO_PLANS;
  const plan = plans.find((candidate) => candidate.id === floor_id) ?? plans[0] ?? null;
  const read = plan?.status === 'analyzed';
  const analysis = useQuery({ ...analysisQuery(plan?.id ?? ''), enabled: read });
  const rooms = useQuery({ ...spacesQuery(plan?.id ?? ''), enabled: read });
  const document = (read && analysis.data) || null;
  const spaces = (read && rooms.data) || NO_SPACES;
  const settled = !analysis.isPending || analysis.isError;
  const scene = useMemo(
    () => (spaces.length > 0 || document ? settled && makeScene(document, spaces) : null) || null,
    [document, spaces, settled],
  );
  const [layers, setLayers] = useState<Layers>(ALL_LAYERS);
  const [finding, setFindingKey] = useState<string | null>(null);
  const [picking, setPicking] = useState<readonly PlanPoint[] | null>(null);
  const setFinding = useCallback(
    (key: string | null) => {
      setFindingKey(key);
      const pin = scene?.pins.find((candidate) => candidate.key === key);
      if (pin?.space_id) selectSpace(pin.space_id);
    },
    [scene, selectSpace],
  );
  const stage = useMemo<PlanStage>(
    () => ({
      project,
      may_edit: projectRoleMay(project.role, 'project:edit'),
      plans,
      plans_state: {
        pending: plansQuery.isPending,
        error: plansQuery.error,
        retry: () => void plansQuery.refetch(),
      },
      plan,
      document,
      spaces,
      spaces_state: {
        pending: read && rooms.isPending,
        error: rooms.error,
        retry: () => void rooms.refetch(),
      },
      scene,
      layers,
      setLayers,
      finding,
      setFinding,
      picking,
      setPicking,
    }),
    [
      project,
      plans,
      plansQuery,
      plan,
      document,
      spaces,
      rooms,
      read,
      scene,
      layers,
      finding,
      setFinding,
      picking,
    ],
  );
  return <StageContext value={stage}>{children}</StageContext>;
}
