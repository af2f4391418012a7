// Which layers of the drawing are shown.
import { Layers as LayersIcon } from 'lucide-react';
import type { Layers } from '../../plan-editor/model/layers.ts';
import { Menu, MenuCheck, MenuLabel } from '../../ui/menu.tsx';

const LABELS: Record<keyof Layers, string> = {
  colours: 'Colour by type',
  labels: 'Labels',
  walls: 'Walls',
  doors: 'Doors',
  windows: 'Windows',
  columns: 'Columns',
  furniture: 'Furniture',
  doubts: 'Doubtful rooms',
  findings: 'Findings',
  original: 'Original picture',
};

export interface LayersMenuProps {
  layers: Layers;
  onChange: (layers: Layers) => void;
  /** Layers that this plan does not have. */
  without: ReadonlySet<keyof Layers>;
}

export function LayersMenu({ layers, onChange, without }: LayersMenuProps) {
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
      {(Object.keys(LABELS) as (keyof Layers)[])
        .filter((layer) => !without.has(layer))
        .map((layer) => (
          <MenuCheck
            key={layer}
            checked={layers[layer]}
            onChange={(on) => onChange({ ...layers, [layer]: on })}
          >
            {LABELS[layer]}
          </MenuCheck>
        ))}
    </Menu>
  );
}
