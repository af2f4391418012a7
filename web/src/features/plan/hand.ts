// The tool in hand: what presses, clicks and keys on the drawing do with it.
import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { aimCorner, aimPoint, touchesWall } from '../../plan-editor/model/aim.ts';
import { cutRoom } from '../../plan-editor/model/cut.ts';
import { nudgeStep } from '../../plan-editor/model/lengths.ts';
import { between, distance, edgeOf, faultOf, gripAt } from '../../plan-editor/model/rings.ts';
import type { SceneRoom } from '../../plan-editor/model/scene.ts';
import * as steps from '../../plan-editor/model/session.ts';
import { makeSnapIndex, type SnapIndex } from '../../plan-editor/model/snap.ts';
import { CUT_SLACK } from '../../plan-editor/svg/edit-overlay.tsx';
import type { PlanTool } from '../../plan-editor/svg/tool.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { useUnits } from '../../ui/figures.tsx';
import { toast } from '../../ui/toast.tsx';
import type { RoomActions } from './actions.ts';
import type { PlanStage } from './stage.tsx';

/** Pixels within which a press takes hold of a corner. */
const GRIP_REACH = 12;
const ARROWS: Record<string, PlanPoint> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Hand {
  tool: PlanTool;
  /** Enter: keeps what is in hand. True: there was something. */
  finish: () => boolean;
  /** Escape. True: there was something to leave. */
  leave: () => boolean;
}

interface Context {
  stage: PlanStage;
  index: SnapIndex;
  actions: RoomActions;
  units: ReturnType<typeof useUnits>;
  selected: string | null;
  selectSpace: (id: string | null) => void;
}

export function useHandOn(stage: PlanStage, actions: RoomActions, crosshair: boolean): Hand {
  const { space_id, selectSpace } = useSelection();
  const units = useUnits();
  const { scene } = stage;
  const index = useMemo<SnapIndex>(() => (scene ? makeSnapIndex(scene) : { near: () => [] }), [scene]);
  const latest = useRef<Context>({ stage, index, actions, units, selected: space_id, selectSpace });
  latest.current = { stage, index, actions, units, selected: space_id, selectSpace };
  return useMemo(() => makeHand(() => latest.current, crosshair), [crosshair]);
}

function makeHand(now: () => Context, crosshair: boolean): Hand {
  const session = () => now().stage.session.get();
  const put = (next: steps.Session) => now().stage.session.set(next);
  const room = (): SceneRoom | null => {
    const { stage, selected } = now();
    return stage.scene?.rooms.find((candidate) => candidate.id === selected) ?? null;
  };
  const outline = (): PlanRing => {
    const { draft } = session();
    const own = room();
    return draft && draft.room_id === own?.id ? draft.ring : (own?.rings[0] ?? []);
  };
  /** Where the crosshair of the keyboard really is, before the drawing pulls at it. */
  let cursor: PlanPoint | null = null;

  const keepDraft = (): boolean => {
    const { draft } = session();
    if (!draft) return false;
    const fault = faultOf(draft.ring);
    put({ ...session(), draft: null });
    if (fault) toast(`${fault} The corner went back.`, { tone: 'bad' });
    else if (steps.hasMoved(draft)) now().actions.reshape(draft.room_id, draft.ring);
    return true;
  };

  const setPoint = (point: PlanPoint, k: number) => {
    const before = session();
    const last = before.path.at(-1);
    const again = last !== undefined && distance(last, point) < 2 / k && !before.closed;
    if (again || steps.closesOutline(before, point, 1 / k)) {
      finish();
      return;
    }
    const next = steps.addPoint(before, point);
    put(next);
    const own = room();
    if (next.tool !== 'split' || !own) return;
    const cut = cutRoom(own.rings, next.path, CUT_SLACK / k);
    if (!cut || !touchesWall(own.rings, point, CUT_SLACK / k)) return;
    put(steps.takeTool('split'));
    now().actions.split(own.id, cut.line);
  };

  function finish(): boolean {
    const { tool, path, draft, closed } = session();
    if (draft) return keepDraft();
    const { stage, actions } = now();
    if (tool === 'draw' && path.length >= 3) {
      const fault = faultOf([...path]);
      if (fault) toast(fault, { tone: 'bad' });
      else {
        put(steps.takeTool('select'));
        actions.draw([...path]);
      }
    } else if (tool === 'merge' && stage.chosen.length > 1) {
      put(steps.AT_REST);
      actions.merge(stage.chosen);
    } else if (tool === 'measure' && path.length > 1 && !closed) put(steps.closeLine(session()));
    else return false;
    return true;
  }

  const leave = (): boolean => {
    const before = steps.stepBack(session());
    if (before) put(before);
    cursor = null;
    return before !== null;
  };

  const keys = makeKeys({ now, session, put, outline, room, keepDraft, setPoint, leave });
  const tool: PlanTool = {
    crosshair,
    press: (at) => {
      const own = room();
      if (session().tool !== 'corners' || !own || !now().stage.may_edit) return false;
      const grip = gripAt(outline(), at.point, GRIP_REACH / at.k);
      if (!grip) return false;
      const edge = edgeOf(outline(), grip.index);
      put(steps.takeHold(session(), own.id, own.rings[0] ?? [], grip, edge ? between(...edge) : at.point));
      return true;
    },
    move: (at, held) => {
      const own = room();
      if (held && own) put(steps.dragTo(session(), aimCorner(now().index, session(), own.id, at)));
      else if (steps.setsPoints(session().tool))
        put(steps.hoverOver(session(), aimPoint(now().index, session(), at)));
    },
    release: () => void keepDraft(),
    leave: () => {
      if (session().hover && !session().by_keys) put(steps.hoverOver(session(), null));
    },
    click: (at) => {
      const { tool: name } = session();
      if (name === 'merge') return at.room !== null && chooseToo(now(), at.room);
      if (name === 'corners') {
        if (session().draft) keepDraft();
        return at.room === now().selected;
      }
      if (!steps.setsPoints(name)) return false;
      if (name === 'split' && !room()) return false;
      setPoint(aimPoint(now().index, session(), at).point, at.k);
      return true;
    },
    key: (event, middle, k) => {
      if (steps.setsPoints(session().tool) && ARROWS[event.key]) {
        const { units, stage } = now();
        const [dx, dy] = ARROWS[event.key]!;
        const step = stage.scene?.feet ? nudgeStep(units, !event.altKey) : 8 / k;
        const far = event.shiftKey ? step * 10 : step;
        const own = room();
        const from =
          cursor ?? session().hover?.point ?? (own ? ([own.label.x, own.label.y] as PlanPoint) : middle);
        cursor = [from[0] + dx * far, from[1] + dy * far];
        const at = { point: cursor, k, alt: event.altKey };
        put(steps.hoverOver(session(), aimPoint(now().index, session(), at), true));
        return true;
      }
      const { hover, by_keys, tool: name } = session();
      if (event.key === 'Enter' && steps.setsPoints(name)) {
        if (by_keys && hover) {
          cursor = hover.point;
          setPoint(hover.point, k);
        } else finish();
        return true;
      }
      const room_id = (event.target as Element).getAttribute('data-room');
      if (name === 'merge' && room_id !== null && (event.key === ' ' || event.key === 'Enter'))
        return (event.key === 'Enter' && finish()) || chooseToo(now(), room_id);
      return keys(event, k);
    },
  };
  return { tool, finish, leave };
}

interface KeyContext {
  now: () => Context;
  session: () => steps.Session;
  put: (next: steps.Session) => void;
  outline: () => PlanRing;
  room: () => SceneRoom | null;
  keepDraft: () => boolean;
  setPoint: (point: PlanPoint, k: number) => void;
  leave: () => boolean;
}

/** Keys on a corner that has the focus, and those that take points back. */
function makeKeys({ now, session, put, outline, room, keepDraft, leave }: KeyContext) {
  return (event: KeyboardEvent, k: number): boolean => {
    const own = room();
    const target = event.target as Element;
    const corner = indexOf(target, 'data-corner');
    const middle = indexOf(target, 'data-middle');
    if (event.key === 'Escape') return leave();
    if (event.key === 'Backspace' && session().path.length > 0) {
      put(steps.dropPoint(session()));
      return true;
    }
    if (!own || (corner === null && middle === null)) return false;
    const ring = own.rings[0] ?? [];
    if (middle !== null && (event.key === 'Enter' || event.key === ' ')) {
      const edge = edgeOf(outline(), middle);
      if (!edge) return false;
      put(steps.takeHold(session(), own.id, ring, { kind: 'middle', index: middle }, between(...edge)));
      const frame = target.closest('.plan-view');
      requestAnimationFrame(() => frame?.querySelector<SVGElement>(`[data-corner="${middle + 1}"]`)?.focus());
      return true;
    }
    if (corner === null) return false;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = now().stage.scene?.feet
        ? nudgeStep(now().units, event.shiftKey)
        : (event.shiftKey ? 10 : 1) / k;
      const held = steps.takeHold(session(), own.id, ring, { kind: 'corner', index: corner }, [0, 0]);
      const at = held.draft?.ring[corner];
      if (!at) return false;
      const point: PlanPoint = [at[0] + arrow[0] * step, at[1] + arrow[1] * step];
      put(steps.dragTo(held, { point, kind: 'free', guides: [] }));
      return true;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      const next = steps.dropCorner(session(), own.id, ring, corner);
      if (next) {
        put(next);
        keepDraft();
      } else toast('A room needs at least three corners.', { tone: 'bad' });
      return true;
    }
    return event.key === 'Enter' && keepDraft();
  };
}

function indexOf(target: Element, name: string): number | null {
  const text = target.getAttribute(name);
  return text === null ? null : Number(text);
}

function chooseToo({ stage, selected, selectSpace }: Context, id: string): boolean {
  if (selected === null) selectSpace(id);
  else if (id === selected) {
    selectSpace(stage.also[0] ?? null);
    stage.setAlso(stage.also.slice(1));
  } else
    stage.setAlso(stage.also.includes(id) ? stage.also.filter((other) => other !== id) : [...stage.also, id]);
  return true;
}
