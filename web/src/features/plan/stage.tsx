// What the plan pane and the step panels share inside one project: floors, the drawing shown, layers, tools in hand.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { FloorPlan, Space } from '../../../../contract/floorplans.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { PlanDocument } from '../../../../contract/plan.ts';
import type { Project } from '../../../../contract/projects.ts';
import type { Screening } from '../../../../contract/screening.ts';
import { analysisQuery, floorPlansQuery, spacesQuery } from '../../api/floor-plans.ts';
import { keys } from '../../api/keys.ts';
import { screeningQuery } from '../../api/screening.ts';
import { type Frame, makeFrame } from '../../plan-editor/model/frame.ts';
import type { Box } from '../../plan-editor/model/geometry.ts';
import { ALL_LAYERS, type Layers, type ZoomRequest } from '../../plan-editor/model/layers.ts';
import { withPending } from '../../plan-editor/model/pending.ts';
import { makeScene, type Scene } from '../../plan-editor/model/scene.ts';
import { AT_REST, type Session, type ToolName, takeTool } from '../../plan-editor/model/session.ts';
import { makeStore, type Store } from '../../plan-editor/model/store.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { type PlanEdits, usePlanEdits } from './edits.ts';
import { type UploadHandle, useUpload } from './upload.tsx';

export interface PlanStage {
  project: Project;
  may_edit: boolean;
  plans: readonly FloorPlan[];
  plans_state: { pending: boolean; error: unknown; retry: () => void };
  /** The floor on show. */
  plan: FloorPlan | null;
  /** The reading, with the screening of the rooms as they stand now. */
  document: PlanDocument | null;
  /** Null until it is there; then the document carries its checks. */
  screening: Screening | null;
  spaces: readonly Space[];
  spaces_state: { pending: boolean; error: unknown; retry: () => void };
  scene: Scene | null;
  layers: Layers;
  setLayers: (layers: Layers) => void;
  finding: string | null;
  setFinding: (key: string | null) => void;
  /** Rooms chosen besides the one in the address, for what is done to several at once. */
  also: readonly string[];
  setAlso: (ids: readonly string[]) => void;
  /** All chosen rooms, the one in the address first. */
  chosen: readonly Space[];
  /** The hand on the drawing: its tool, its points, the corner it moves. Changes with every movement. */
  session: Store<Session>;
  takeTool: (tool: ToolName) => void;
  edits: PlanEdits;
  /** Files on their way to the server. */
  upload: UploadHandle;
  /** Between the drawing and the file's own coordinates. */
  frame: Frame | null;
  /** Asks the drawing to show a room or a place large; a new object is a new request. */
  zoom: ZoomRequest | null;
  zoomTo: (where: string | Box) => void;
  /** What the newest reading changed is shown on the drawing. */
  comparing: boolean;
  setComparing: (on: boolean) => void;
  /** The room whose name and type are being edited on the drawing. */
  naming: string | null;
  setNaming: (spaceId: string | null) => void;
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
  const may_edit = projectRoleMay(project.role, 'project:edit');
  const drawing = useDrawing(plan, project.id, may_edit);
  const { scene } = drawing;
  const [layers, setLayers] = useState<Layers>(ALL_LAYERS);
  const [finding, setFindingKey] = useState<string | null>(null);
  const upload = useUpload(project.id);
  const hand = useHand(plan?.id ?? null, drawing.spaces, drawing.edits.dismiss);
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
      may_edit,
      plans,
      plans_state: {
        pending: plansQuery.isPending,
        error: plansQuery.error,
        retry: () => void plansQuery.refetch(),
      },
      plan,
      ...drawing,
      ...hand,
      upload,
      layers,
      setLayers,
      finding,
      setFinding,
    }),
    [project, may_edit, plans, plansQuery, plan, drawing, hand, upload, layers, finding, setFinding],
  );
  return <StageContext value={stage}>{children}</StageContext>;
}

/** What was read and corrected, as it stands on screen: the server's word and the edits on their way. */
function useDrawing(plan: FloorPlan | null, projectId: string, mayEdit: boolean) {
  // While a plan is read again, its last reading stays on the sheet.
  const read = plan?.status === 'analyzed' || (plan?.space_count ?? 0) > 0;
  const analysis = useQuery({ ...analysisQuery(plan?.id ?? ''), enabled: read, retry: false });
  const rooms = useQuery({ ...spacesQuery(plan?.id ?? ''), enabled: read });
  useNewReading(plan);
  const edits = usePlanEdits(projectId, plan?.id ?? null, read && mayEdit);
  const screened = useQuery({
    ...screeningQuery(plan ?? { id: '', edit_revision: 0, updated_at: '' }),
    enabled: read && plan?.status === 'analyzed',
  });
  const screening = (read && screened.data) || null;
  const reading = (read && analysis.data) || null;
  const document = useMemo(
    () =>
      reading && screening
        ? { ...reading, compliance: { label: screening.label, checks: screening.checks } }
        : reading,
    [reading, screening],
  );
  const saved = (read && rooms.data) || NO_SPACES;
  const frame = useMemo(() => makeFrame(document, saved), [document, saved]);
  const spaces = useMemo(() => withPending(saved, edits.pending, frame), [saved, edits.pending, frame]);
  const settled = !analysis.isPending || analysis.isError;
  const scene = useMemo(
    () => (spaces.length > 0 || document ? settled && makeScene(document, spaces) : null) || null,
    [document, spaces, settled],
  );
  const { isPending, error, refetch } = rooms;
  return useMemo(
    () => ({
      document,
      screening,
      spaces,
      spaces_state: { pending: read && isPending, error, retry: () => void refetch() },
      scene,
      frame,
      edits,
    }),
    [document, screening, spaces, read, isPending, error, refetch, scene, frame, edits],
  );
}

/** When a reading has ended, what was read before it is old, whether or not the live stream said so. */
function useNewReading(plan: FloorPlan | null) {
  const client = useQueryClient();
  const id = plan?.id ?? '';
  const readAt = plan?.processing_completed_at ?? null;
  const last = useRef({ id, readAt });
  useEffect(() => {
    const before = last.current;
    last.current = { id, readAt };
    if (before.id !== id || before.readAt === readAt || readAt === null) return;
    void client.invalidateQueries({ queryKey: keys.analysis(id) });
    void client.invalidateQueries({ queryKey: keys.spaces(id) });
  }, [client, id, readAt]);
}

/** What the person has in hand: rooms chosen, tool, the room to look at. */
function useHand(planId: string | null, spaces: readonly Space[], dismiss: () => void) {
  const { space_id } = useSelection();
  const [session] = useState(() => makeStore<Session>(AT_REST));
  const [also, setAlso] = useState<readonly string[]>([]);
  const [zoom, setZoom] = useState<ZoomRequest | null>(null);
  const [comparing, setComparing] = useState(false);
  const [naming, setNaming] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another floor is another sheet: nothing stays in hand.
  useEffect(() => {
    session.set(AT_REST);
    setAlso([]);
    setNaming(null);
    setComparing(false);
  }, [planId, session]);
  const chosen = useMemo(() => {
    const ids = space_id ? [space_id, ...also.filter((id) => id !== space_id)] : also;
    return ids
      .map((id) => spaces.find((space) => space.id === id))
      .filter((space): space is Space => space !== undefined);
  }, [space_id, also, spaces]);
  return useMemo(
    () => ({
      session,
      takeTool: (tool: ToolName) => {
        dismiss();
        session.set(takeTool(tool));
      },
      also,
      setAlso,
      chosen,
      zoom,
      zoomTo: (where: string | Box) =>
        setZoom(typeof where === 'string' ? { space_id: where } : { box: where }),
      comparing,
      setComparing,
      naming,
      setNaming,
    }),
    [session, also, chosen, zoom, comparing, naming, dismiss],
  );
}
