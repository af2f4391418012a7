// The picture a plan was read from, under its rooms: what was drawn against what was read.
import { useEffect, useState } from 'react';
import type { FloorPlan } from '../../../../contract/floorplans.ts';
import { API } from '../../api/client.ts';
import type { Frame } from '../../plan-editor/model/frame.ts';

export function isPicture(plan: FloorPlan): boolean {
  return plan.file_format === 'png' || plan.file_format === 'jpg';
}

/** In scene coordinates. The file's own coordinates are pixels of the picture, from its top left. */
export function OriginalPicture({ plan, frame }: { plan: FloorPlan; frame: Frame | null }) {
  const address = `${API}/floor-plans/${plan.id}/file`;
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const image = new Image();
    image.onload = () => setSize({ width: image.naturalWidth, height: image.naturalHeight });
    image.src = address;
    return () => {
      image.onload = null;
    };
  }, [address]);
  if (!size || !frame) return null;
  const [left, top] = frame.toScene([0, 0]);
  const [right, bottom] = frame.toScene([size.width, size.height]);
  return (
    <image
      href={address}
      x={left}
      y={top}
      width={Math.abs(right - left)}
      height={Math.abs(bottom - top)}
      preserveAspectRatio="none"
      className="plan-original"
    />
  );
}
