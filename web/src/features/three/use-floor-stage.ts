// The floor on its stage, held by React: made with the host element, given models and selections, listening to pointer and
// keys. Keys are taken here before the page's own shortcuts hear them: A in a walk is a step, not "accept".
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Raycaster, Vector2, Vector3 } from 'three';
import { type FloorModel, loadFloor, type Pointed } from './floor-model.ts';
import { onThemeChange, readPalette } from './palette.ts';
import { makeViewer, TURN_KEYS, type Viewer } from './viewer.ts';
import { type Step, startWalk, stepOf, type Walk } from './walk.ts';

const FIRST_ANGLE = { around: 16, above: 56, fit_length: true } as const;
/** Further than this and a press was a drag. */
const CLICK_PX = 5;

export interface FloorStage {
  /** Null until the model is there. */
  ready: boolean;
  problem: unknown;
  walking: boolean;
  low_walls: boolean;
  setWalking: (on: boolean) => void;
  setLowWalls: (on: boolean) => void;
  press: (step: Step) => void;
  release: (step: Step) => void;
  zoom: (steps: number) => void;
  home: () => void;
  picture: () => Promise<Blob>;
}

interface Wanted {
  host: RefObject<HTMLDivElement | null>;
  /** Another floor: the camera begins anew. */
  subject: string;
  bytes: ArrayBuffer | undefined;
  selected: Pointed;
  onSelect: (pointed: Pointed | null) => void;
}

export function useFloorStage({ host, subject, bytes, selected, onSelect }: Wanted): FloorStage {
  const viewer = useRef<Viewer | null>(null);
  const model = useRef<FloorModel | null>(null);
  const walk = useRef<Walk | null>(null);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [walking, setWalkingState] = useState(false);
  const [low_walls, setLowWallsState] = useState(true);
  const wanted = useRef({ selected, onSelect, low_walls });
  wanted.current = { selected, onSelect, low_walls };
  const framed = useRef<string | null>(null);
  /** What was picked here: the camera stays, the eyes are there already. */
  const picked = useRef<string | null>(null);

  useEffect(() => {
    if (!host.current) return;
    try {
      viewer.current = makeViewer(host.current, FIRST_ANGLE);
    } catch (error) {
      setProblem(error);
      return;
    }
    const stage = viewer.current;
    const element = host.current;
    const repaint = () => {
      const shown = model.current;
      const palette = readPalette(element, shown?.room_types ?? []);
      stage.scene.background = palette.ground;
      shown?.setPalette(palette);
      stage.invalidate();
    };
    repaint();
    const unwatch = onThemeChange(repaint);
    return () => {
      unwatch();
      walk.current = null;
      model.current?.dispose();
      model.current = null;
      framed.current = null;
      stage.dispose();
      viewer.current = null;
    };
  }, [host]);

  useEffect(() => {
    if (!bytes || !viewer.current || !host.current) return;
    let left = false;
    const element = host.current;
    loadFloor(bytes.slice(0)).then(
      (next) => {
        const stage = viewer.current;
        if (left || !stage) return next.dispose();
        const before = model.current;
        if (before) {
          stage.scene.remove(before.group);
          before.dispose();
        }
        model.current = next;
        next.setPalette(readPalette(element, next.room_types));
        next.select(wanted.current.selected);
        next.lowWalls(wanted.current.low_walls && walk.current === null);
        stage.scene.add(next.group);
        stage.setSubject(next.group);
        if (framed.current !== subject) stage.home(true);
        framed.current = subject;
        element.dataset['pieces'] = String(next.pieces);
        stage.invalidate();
        setProblem(null);
        setReady(true);
      },
      (error: unknown) => {
        if (!left) setProblem(error);
      },
    );
    return () => {
      left = true;
    };
  }, [bytes, subject, host]);

  const { item_id, space_id } = selected;
  useEffect(() => {
    const stage = viewer.current;
    const shown = model.current;
    if (!ready || !stage || !shown) return;
    shown.select({ item_id, space_id });
    const key = `${item_id}|${space_id}`;
    const box = shown.boxOf({ item_id, space_id });
    if (picked.current !== key && box && walk.current === null) stage.show(box);
    picked.current = null;
    stage.invalidate();
  }, [item_id, space_id, ready]);

  const setWalking = useCallback((on: boolean) => {
    const stage = viewer.current;
    const shown = model.current;
    if (!stage || !shown || on === (walk.current !== null)) return;
    if (on) {
      const room = wanted.current.selected.space_id ?? shown.largestRoom();
      const box = shown.boxOf({ item_id: null, space_id: room });
      if (!box) return;
      const middle = box.getCenter(new Vector3());
      const size = box.getSize(new Vector3());
      const along = size.x > size.z ? new Vector3(size.x / 2, 0, 0) : new Vector3(0, 0, size.z / 2);
      const end = middle.clone().addScaledVector(along, 0.8);
      walk.current = startWalk(stage, end, middle);
    } else {
      walk.current?.end();
      walk.current = null;
    }
    shown.lowWalls(!on && wanted.current.low_walls);
    setWalkingState(on);
    stage.canvas.parentElement?.focus({ preventScroll: true });
  }, []);
  const setLowWalls = useCallback((low: boolean) => {
    setLowWallsState(low);
    model.current?.lowWalls(low && walk.current === null);
    viewer.current?.invalidate();
  }, []);

  usePicking(host, viewer, model, walk, (pointed) => {
    picked.current = `${pointed?.item_id ?? null}|${pointed?.space_id ?? null}`;
    wanted.current.onSelect(pointed);
  });
  useKeys(host, viewer, walk, setWalking);

  return {
    ready,
    problem,
    walking,
    low_walls,
    setWalking,
    setLowWalls,
    press: (step) => walk.current?.press(step),
    release: (step) => walk.current?.release(step),
    zoom: (steps) => viewer.current?.zoom(steps),
    home: () => viewer.current?.home(),
    picture: async () => {
      if (!viewer.current) throw new Error('There is no 3D view to take a picture of.');
      return await viewer.current.picture();
    },
  };
}

type Held<T> = RefObject<T | null>;

/** A press without a drag selects what is under it. */
function usePicking(
  host: Held<HTMLDivElement>,
  viewer: Held<Viewer>,
  model: Held<FloorModel>,
  walk: Held<Walk>,
  onPick: (pointed: Pointed | null) => void,
): void {
  const tell = useRef(onPick);
  tell.current = onPick;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let from: { x: number; y: number } | null = null;
    const down = (event: PointerEvent) => {
      from = event.button === 0 && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
    };
    const up = (event: PointerEvent) => {
      const stage = viewer.current;
      if (!from || !stage || event.target !== stage.canvas) return;
      const moved = Math.hypot(event.clientX - from.x, event.clientY - from.y);
      from = null;
      if (moved > CLICK_PX) return;
      const box = stage.canvas.getBoundingClientRect();
      const ray = new Raycaster();
      ray.setFromCamera(
        new Vector2(
          ((event.clientX - box.left) / box.width) * 2 - 1,
          1 - ((event.clientY - box.top) / box.height) * 2,
        ),
        stage.camera,
      );
      element.focus({ preventScroll: true });
      tell.current(model.current?.pick(ray, walk.current !== null) ?? null);
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointerup', up);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointerup', up);
    };
  }, [host, viewer, model, walk]);
}

const ORBIT_KEYS: typeof TURN_KEYS = { ...TURN_KEYS, '0': (viewer) => viewer.home() };

function useKeys(
  host: Held<HTMLDivElement>,
  viewer: Held<Viewer>,
  walk: Held<Walk>,
  setWalking: (on: boolean) => void,
): void {
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const down = (event: KeyboardEvent) => {
      const stage = viewer.current;
      if (!stage || event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = walk.current ? stepOf(event.key) : undefined;
      const turn = walk.current ? undefined : ORBIT_KEYS[event.key];
      if (step) walk.current?.press(step);
      else if (walk.current && event.key === 'Shift') walk.current.hurry(true);
      else if (walk.current && event.key === 'Escape') setWalking(false);
      else if (!walk.current && event.key.toLowerCase() === 'w') setWalking(true);
      else if (turn) turn(stage);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const up = (event: KeyboardEvent) => {
      const step = stepOf(event.key);
      if (step) walk.current?.release(step);
      if (event.key === 'Shift') walk.current?.hurry(false);
    };
    const leave = () => walk.current?.releaseAll();
    element.addEventListener('keydown', down);
    element.addEventListener('keyup', up);
    element.addEventListener('blur', leave);
    return () => {
      element.removeEventListener('keydown', down);
      element.removeEventListener('keyup', up);
      element.removeEventListener('blur', leave);
    };
  }, [host, viewer, walk, setWalking]);
}
