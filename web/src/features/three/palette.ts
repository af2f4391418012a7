// Colours of the 3D views, read from the tokens of the theme on screen. Nothing here names a colour.
import { Color, SRGBColorSpace } from 'three';

export interface Palette {
  ground: Color;
  /** Of a card that a product stands on. */
  sheet: Color;
  wall: Color;
  slab: Color;
  line: Color;
  accent: Color;
  /** Floor of a room by its type; full strength while it is selected. */
  room: (type: string, selected: boolean) => Color;
}

/** Reads what CSS makes of an expression, whatever notation the browser answers in. */
function reader(host: HTMLElement): { read: (expression: string) => Color; end: () => void } {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    read: (expression) => {
      probe.style.color = expression;
      if (!context) return new Color();
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
      return new Color().setRGB(r / 255, g / 255, b / 255, SRGBColorSpace);
    },
    end: () => probe.remove(),
  };
}

export function readPalette(host: HTMLElement, roomTypes: readonly string[]): Palette {
  const { read, end } = reader(host);
  const rooms = new Map(
    roomTypes.map((type) => {
      const own = `var(--room-${type}, var(--room-other))`;
      return [
        type,
        {
          rest: read(`color-mix(in srgb, ${own} var(--plan-tint), var(--plan-room))`),
          selected: read(`color-mix(in srgb, var(--accent) 38%, var(--plan-room))`),
        },
      ];
    }),
  );
  const palette: Palette = {
    ground: read('var(--plan-ground)'),
    sheet: read('var(--surface)'),
    wall: read('color-mix(in srgb, var(--plan-room) 82%, var(--plan-line))'),
    slab: read('color-mix(in srgb, var(--plan-room) 70%, var(--plan-line))'),
    line: read('var(--plan-line)'),
    accent: read('var(--accent)'),
    room: (type, selected) => {
      const found = rooms.get(type);
      return (selected ? found?.selected : found?.rest) ?? palette.slab;
    },
  };
  end();
  return palette;
}

/** Calls back when the theme on screen may have changed; returns how to stop. */
export function onThemeChange(tell: () => void): () => void {
  const watch = new MutationObserver(tell);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', tell);
  return () => {
    watch.disconnect();
    dark.removeEventListener('change', tell);
  };
}
