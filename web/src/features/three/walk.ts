// Walking through a floor at eye height: W A S D or the arrows go, Q and E turn, dragging looks around.
import { Euler, MathUtils, Vector3 } from 'three';
import type { Viewer } from './viewer.ts';

/** 5.5 ft. */
const EYE_M = 1.676;
/** Metres a second, and degrees a second. */
const PACE = { walk: 2.2, hurry: 5, turn: 80 } as const;
const LOOK_PER_PIXEL = 0.0045;

export type Step = 'forward' | 'back' | 'left' | 'right' | 'turn_left' | 'turn_right';
const KEYS: Record<string, Step> = {
  w: 'forward',
  arrowup: 'forward',
  s: 'back',
  arrowdown: 'back',
  a: 'left',
  d: 'right',
  q: 'turn_left',
  arrowleft: 'turn_left',
  e: 'turn_right',
  arrowright: 'turn_right',
};
export const stepOf = (key: string): Step | undefined => KEYS[key.toLowerCase()];

export interface Walk {
  /** Begins (or goes on) a step until it is let go. */
  press: (step: Step) => void;
  release: (step: Step) => void;
  releaseAll: () => void;
  hurry: (on: boolean) => void;
  end: () => void;
}

/** Takes the camera from the orbit until `end`. `at`: a place on the floor; `towards`: what one looks at first. */
export function startWalk(viewer: Viewer, at: Vector3, towards: Vector3): Walk {
  const { camera, controls, canvas, invalidate } = viewer;
  const orbit = { position: camera.position.clone(), target: controls.target.clone(), fov: camera.fov };
  controls.enabled = false;
  const look = new Euler(0, 0, 0, 'YXZ');
  look.y = Math.atan2(at.x - towards.x, at.z - towards.z);
  camera.position.set(at.x, EYE_M, at.z);
  camera.quaternion.setFromEuler(look);
  camera.fov = 62;
  camera.updateProjectionMatrix();
  const held = new Set<Step>();
  let hurrying = false;

  const stop = viewer.onFrame((seconds) => {
    if (held.size === 0) return false;
    const turn = Number(held.has('turn_left')) - Number(held.has('turn_right'));
    look.y += turn * MathUtils.degToRad(PACE.turn) * seconds;
    const ahead = Number(held.has('back')) - Number(held.has('forward'));
    const aside = Number(held.has('right')) - Number(held.has('left'));
    const way = new Vector3(aside, 0, ahead);
    if (way.lengthSq() > 0) {
      way.normalize().applyAxisAngle(new Vector3(0, 1, 0), look.y);
      camera.position.addScaledVector(way, (hurrying ? PACE.hurry : PACE.walk) * seconds);
    }
    camera.quaternion.setFromEuler(look);
    return true;
  });

  let dragging: { id: number; x: number; y: number } | null = null;
  const down = (event: PointerEvent) => {
    dragging = { id: event.pointerId, x: event.clientX, y: event.clientY };
    canvas.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (dragging?.id !== event.pointerId) return;
    look.y += (event.clientX - dragging.x) * LOOK_PER_PIXEL;
    look.x = MathUtils.clamp(look.x + (event.clientY - dragging.y) * LOOK_PER_PIXEL, -1.2, 1.2);
    dragging = { id: event.pointerId, x: event.clientX, y: event.clientY };
    camera.quaternion.setFromEuler(look);
    invalidate();
  };
  const up = () => {
    dragging = null;
  };
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  invalidate();

  return {
    press: (step) => {
      held.add(step);
      invalidate();
    },
    release: (step) => void held.delete(step),
    releaseAll: () => held.clear(),
    hurry: (on) => {
      hurrying = on;
    },
    end: () => {
      stop();
      canvas.removeEventListener('pointerdown', down);
      canvas.removeEventListener('pointermove', move);
      canvas.removeEventListener('pointerup', up);
      canvas.removeEventListener('pointercancel', up);
      camera.fov = orbit.fov;
      camera.updateProjectionMatrix();
      camera.position.copy(orbit.position);
      controls.target.copy(orbit.target);
      controls.enabled = true;
      controls.update();
      invalidate();
    },
  };
}
