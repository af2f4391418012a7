// What a tool hears from the drawing. The viewer knows nothing of editing; a tool knows nothing of the camera.
import type { KeyboardEvent } from 'react';
import type { PlanPoint } from '../../../../contract/plan.ts';

export interface Pointed {
  /** On the scene. */
  point: PlanPoint;
  /** Pixels for one unit of the scene. */
  k: number;
  alt: boolean;
  shift: boolean;
  room: string | null;
}

export interface PlanTool {
  /** Points are set with it: a crosshair instead of an arrow. */
  crosshair: boolean;
  /** True: the tool takes the press, and what follows until release is its own. */
  press: (at: Pointed) => boolean;
  move: (at: Pointed, held: boolean) => void;
  release: (at: Pointed) => void;
  leave: () => void;
  /** True: the click was the tool's; else it selects what it met. */
  click: (at: Pointed) => boolean;
  /** True: the key was the tool's. `middle`: what the drawing shows in its middle. */
  key: (event: KeyboardEvent, middle: PlanPoint, k: number) => boolean;
}
