// What the hand is doing, over the drawing: handles and the moved outline, lines being set, parts of a cut. It alone is
// drawn again while the pointer moves.
import { useMemo } from 'react';
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { useUnits } from '../../ui/figures.tsx';
import { type Cut, cutRoom } from '../model/cut.ts';
import { areaOf, eachEdge, pathOf } from '../model/geometry.ts';
import { around, between, edgeOf, faultOf } from '../model/rings.ts';
import type { Scene, SceneRoom } from '../model/scene.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../model/store.ts';
import {
  Crosshair,
  EdgeLength,
  Fixed,
  Guides,
  Handle,
  type Measure,
  Plate,
  sayArea,
  sayLength,
} from './marks.tsx';
import { useStore } from './use-store.ts';

export interface EditOverlayProps {
  scene: Scene;
  session: Store<Session>;
  selected: string | null;
  k: number;
}

export function EditOverlay({ scene, session, selected, k }: EditOverlayProps) {
  const now = useStore(session);
  const units = useUnits();
  const measure = useMemo<Measure>(() => ({ units, scaled: scene.feet !== null }), [units, scene.feet]);
  const room = useMemo(
    () => scene.rooms.find((candidate) => candidate.id === selected) ?? null,
    [scene, selected],
  );
  return (
    <>
      {now.tool === 'corners' && room ? <Corners room={room} now={now} k={k} measure={measure} /> : null}
      {now.tool === 'split' ? <SplitLine room={room} now={now} k={k} measure={measure} /> : null}
      {now.tool === 'draw' ? <Outline now={now} k={k} measure={measure} /> : null}
      {now.tool === 'measure' || now.tool === 'scale' ? <Distance now={now} k={k} measure={measure} /> : null}
      <Guides snapped={now.draft?.snapped ?? now.hover} k={k} />
      {now.hover && now.by_keys ? <Crosshair at={now.hover.point} k={k} /> : null}
    </>
  );
}

interface PartProps {
  now: Session;
  k: number;
  measure: Measure;
}

function Corners({ room, now, k, measure }: PartProps & { room: SceneRoom }) {
  const draft = now.draft?.room_id === room.id ? now.draft : null;
  const ring = draft?.ring ?? room.rings[0] ?? [];
  const rings = [ring, ...room.rings.slice(1)];
  const moving = draft !== null && draft.corner !== null;
  return (
    <>
      {draft ? (
        <g pointerEvents="none">
          <path d={pathOf([draft.original])} className="plan-before" />
          <path
            d={pathOf(rings)}
            fillRule="evenodd"
            className={faultOf(ring) ? 'plan-draft plan-draft-bad' : 'plan-draft'}
          />
          <AreaAt rings={rings} at={[room.label.x, room.label.y + 30 / k]} k={k} measure={measure} />
          {moving ? <Beside ring={ring} corner={draft.corner ?? 0} k={k} measure={measure} /> : null}
        </g>
      ) : null}
      {ring.map((corner, index) => {
        const edge = edgeOf(ring, index);
        const wide = edge && Math.hypot(edge[1][0] - edge[0][0], edge[1][1] - edge[0][1]) * k > 34;
        const next = (index + 1) % ring.length;
        return [
          <Handle
            // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the ring; focus stays with it.
            key={`corner-${index}`}
            at={corner}
            k={k}
            kind="corner"
            index={index}
            active={draft?.corner === index}
            label={`Corner ${index + 1} of ${ring.length}`}
          />,
          wide && !moving ? (
            <Handle
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              key={`middle-${index}`}
              at={between(...edge)}
              k={k}
              kind="middle"
              index={index}
              active={false}
              label={`Add a corner between ${index + 1} and ${next + 1}`}
            />
          ) : null,
        ];
      })}
    </>
  );
}

/** The two edges that follow the corner in hand. */
function Beside({
  ring,
  corner,
  k,
  measure,
}: {
  ring: PlanRing;
  corner: number;
  k: number;
  measure: Measure;
}) {
  const at = ring[corner];
  if (!at) return null;
  const { before, after } = around(ring, corner);
  return (
    <>
      <EdgeLength a={before} b={at} k={k} measure={measure} />
      <EdgeLength a={at} b={after} k={k} measure={measure} />
    </>
  );
}

function AreaAt({
  rings,
  at,
  k,
  measure,
}: {
  rings: readonly PlanRing[];
  at: PlanPoint;
  k: number;
  measure: Measure;
}) {
  const [outer, ...holes] = rings;
  const area = areaOf(outer ?? []) - holes.reduce((sum, hole) => sum + areaOf(hole), 0);
  return (
    <Fixed at={at} k={k}>
      <Plate text={sayArea(area, measure)} strong />
    </Fixed>
  );
}

/** The points set, and the one to come. */
function pathWithHover(now: Session): PlanPoint[] {
  return now.hover && !now.closed ? [...now.path, now.hover.point] : [...now.path];
}

function Line({
  points,
  k,
  measure,
  dashed,
}: {
  points: readonly PlanPoint[];
  k: number;
  /** Null: no lengths. */
  measure: Measure | null;
  dashed?: boolean;
}) {
  const d = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return (
    <g pointerEvents="none">
      <path d={d} className={dashed ? 'plan-line plan-line-cut' : 'plan-line'} />
      {measure
        ? points
            .slice(1)
            .map((point, index) => (
              <EdgeLength
                key={`${points[index]} ${point}`}
                a={points[index]!}
                b={point}
                k={k}
                measure={measure}
              />
            ))
        : null}
      {points.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two points may stand on the same place.
        <Fixed key={index} at={point} k={k}>
          <circle r="3.5" className="plan-point" />
        </Fixed>
      ))}
    </g>
  );
}

/** How far an end of a cut may fall short of its wall, in pixels. */
export const CUT_SLACK = 3;

function SplitLine({ room, now, k, measure }: PartProps & { room: SceneRoom | null }) {
  const points = pathWithHover(now);
  const cut = room ? cutRoom(room.rings, points, CUT_SLACK / k) : null;
  return (
    <>
      {cut ? <Parts cut={cut} k={k} measure={measure} /> : null}
      <Line points={points} k={k} measure={cut ? null : measure} dashed />
    </>
  );
}

function Parts({ cut, k, measure }: { cut: Cut; k: number; measure: Measure }) {
  return (
    <g pointerEvents="none">
      {cut.parts.map((rings, index) => (
        <g key={index === 0 ? 'larger' : 'smaller'}>
          <path
            d={pathOf(rings)}
            fillRule="evenodd"
            className={index === 0 ? 'plan-part' : 'plan-part plan-part-new'}
          />
          <AreaAt rings={rings} at={middleOf(rings[0] ?? [])} k={k} measure={measure} />
        </g>
      ))}
    </g>
  );
}

/** The centroid of a ring. */
function middleOf(ring: PlanRing): PlanPoint {
  let twice = 0;
  let x = 0;
  let y = 0;
  eachEdge(ring, (a, b) => {
    const part = a[0] * b[1] - b[0] * a[1];
    twice += part;
    x += (a[0] + b[0]) * part;
    y += (a[1] + b[1]) * part;
  });
  return twice === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * twice), y / (3 * twice)];
}

function Outline({ now, k, measure }: PartProps) {
  const points = pathWithHover(now);
  const bad = points.length > 3 && faultOf(points) !== null;
  return (
    <>
      {points.length > 2 ? (
        <g pointerEvents="none">
          <path d={pathOf([points])} className={bad ? 'plan-draft plan-draft-bad' : 'plan-draft'} />
          <AreaAt rings={[points]} at={middleOf(points)} k={k} measure={measure} />
        </g>
      ) : null}
      <Line points={points} k={k} measure={measure} />
    </>
  );
}

function Distance({ now, k, measure }: PartProps) {
  const points = now.tool === 'scale' && now.path.length === 2 ? [...now.path] : pathWithHover(now);
  const last = points.at(-1);
  const total = points
    .slice(1)
    .reduce(
      (sum, point, index) => sum + Math.hypot(point[0] - points[index]![0], point[1] - points[index]![1]),
      0,
    );
  return (
    <>
      {points.length > 2 && now.tool === 'measure' ? (
        <g pointerEvents="none">
          <path d={pathOf([points])} className="plan-part" />
          <AreaAt rings={[points]} at={middleOf(points)} k={k} measure={measure} />
        </g>
      ) : null}
      <Line points={points} k={k} measure={measure} />
      {points.length > 2 && last ? (
        <g pointerEvents="none">
          <Fixed at={last} k={k}>
            <g transform="translate(0 24)">
              <Plate text={`${sayLength(total, measure)} in all`} />
            </g>
          </Fixed>
        </g>
      ) : null}
    </>
  );
}
