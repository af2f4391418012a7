/** Floors: the furnished plan to scale, the rooms as a table, the view from above. */

import type { FloorScene } from '../floor_scene.ts';
import { drawPlan, scaleBar, scaleFor } from './plan.ts';
import type { Proposal } from './proposal.ts';
import { SMALL } from './sheet.ts';
import { table } from './table.ts';
import { drawView } from './view.ts';
import { count, area as inArea, spoken } from './words.ts';

/** Below the drawing: the note and the scale bar, which reach into the margin above the page's foot. */
const FOOT = 16;

export function plans(proposal: Proposal): void {
  const { sheet, scenes, units, left_out } = proposal;
  for (const scene of scenes) {
    const landscape = wide(proposal, scene);
    sheet.section(`Plan \u2013 ${scene.name}`, { landscape });
    const field = { x: sheet.left, y: sheet.y, width: sheet.width, height: sheet.bottom - sheet.y - FOOT };
    const scale = scaleFor(scene, field.width, field.height, units);
    const alt = `Furnished plan of ${scene.name}: ${scene.rooms.length} rooms, ${scene.pieces.length} pieces of furniture, ${scale.words}. The rooms are listed in the table that follows.`;
    let without = 0;
    sheet.figure(alt, field.height, () => {
      without = drawPlan(sheet, scene, field, scale, units);
    });
    if (!scale.usual)
      left_out.push({
        what: `A scale for the plan of ${scene.name}`,
        why: 'The floor is larger than a page at the smallest scale.',
      });
    const y = sheet.y + 8;
    sheet.tag('P', () => scaleBar(sheet, sheet.left, y, scale, units));
    if (without > 0)
      sheet.tag('P', () =>
        sheet.type.draw(
          `${without} ${without === 1 ? 'room is' : 'rooms are'} too small for a label; see the table.`,
          sheet.right,
          y + 5,
          SMALL,
          'right',
        ),
      );
    sheet.addPage();
    roomTable(proposal, scene);
  }
}

/** Whether the floor is drawn larger across the page than along it. */
function wide({ sheet, units }: Proposal, scene: FloorScene): boolean {
  const { paper } = sheet;
  const [short, long] = paper === 'A4' ? [595, 842] : [612, 792];
  const upright = scaleFor(scene, short - 96, long - 178 - FOOT, units).points;
  const across = scaleFor(scene, long - 96, short - 178 - FOOT, units).points;
  return across > upright;
}

function roomTable({ sheet, units, bill }: Proposal, scene: FloorScene): void {
  sheet.heading(`Rooms of ${scene.name}`, { keep: 60 });
  const pieces = new Map<string, number>();
  for (const { item, quantity } of bill?.lines ?? [])
    if (item.space_id !== null) pieces.set(item.space_id, (pieces.get(item.space_id) ?? 0) + quantity);
  const sqft = scene.rooms.reduce((sum, { space }) => sum + (space.area_sqft ?? 0), 0);
  const all = scene.rooms.reduce((sum, { space }) => sum + (pieces.get(space.id) ?? 0), 0);
  table(
    sheet,
    [
      { head: 'Number', share: 0.12 },
      { head: 'Room', share: 0.36 },
      { head: 'Use', share: 0.22 },
      { head: 'Area', share: 0.16, align: 'right' },
      { head: 'Pieces', share: 0.14, align: 'right' },
    ],
    [
      ...scene.rooms.map(({ space }) => ({
        cells: [
          space.number ?? '',
          space.name ?? '',
          spoken(space.type),
          space.area_sqft === null ? '\u2013' : inArea(space.area_sqft, units),
          count(pieces.get(space.id) ?? 0),
        ],
      })),
      { cells: ['', 'Total', '', inArea(sqft, units), count(all)], strong: true },
    ],
    `Rooms of ${scene.name} with use, area and number of pieces`,
  );
}

/** Pictures of the 3D view that people kept, two on a page; without any, each floor drawn from above. */
export function views(proposal: Proposal): void {
  const { pictures, left_out } = proposal;
  const shown = pictures.filter(({ content_type }) => /^image\/(png|jpeg)$/.test(content_type));
  if (shown.length < pictures.length)
    left_out.push({
      what: 'Pictures of the 3D view that are neither PNG nor JPEG',
      why: 'A PDF cannot hold them.',
      count: pictures.length - shown.length,
    });
  if (shown.length === 0) drawnViews(proposal);
  else keptViews(proposal, shown);
}

function keptViews({ sheet, left_out }: Proposal, shown: Proposal['pictures']): void {
  sheet.section('Views');
  const height = (sheet.bottom - sheet.y) / 2 - 46;
  for (const { name, bytes } of shown) {
    sheet.heading(name, { keep: height });
    try {
      const size = { fit: [sheet.width, height] as [number, number] };
      sheet.figure(`Picture of the furnished rooms in three dimensions: ${name}.`, height, (x, y) =>
        sheet.doc.image(Buffer.from(bytes), x, y, size),
      );
      sheet.y += 8;
    } catch {
      left_out.push({ what: `The picture “${name}”`, why: 'It cannot be read; save it again.' });
    }
  }
}

function drawnViews({ sheet, scenes }: Proposal): void {
  scenes.forEach((scene, n) => {
    const [x0, y0, x1, y1] = scene.box;
    const landscape = x1 - x0 > y1 - y0;
    if (n === 0) sheet.section('Views', { landscape });
    else sheet.addPage(landscape);
    sheet.heading(scene.name, { keep: 200 });
    const field = { x: sheet.left, y: sheet.y, width: sheet.width, height: sheet.bottom - sheet.y - 18 };
    const alt = `${scene.name} seen from above at an angle, walls cut low, ${scene.pieces.length} pieces of furniture as simple solids.`;
    sheet.figure(alt, field.height, () => drawView(sheet, scene, field));
    sheet.tag('P', () =>
      sheet.type.draw(
        'Schematic: shapes follow the outside dimensions of each product; not to scale.',
        sheet.left,
        sheet.y + 12,
        SMALL,
      ),
    );
    sheet.y += 18;
  });
}
