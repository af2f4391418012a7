/**
 * The proposal as a PDF: tagged, with bookmarks, on A4 or Letter. Written with pdfkit. What is not in the document is not
 * in the file: a client's document has neither cost nor margin. Parts that have nothing to say are told in `left_out`.
 */
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { billOf, roomNames, scenarioOf, spaceLabel } from '../bill.ts';
import { type FloorScene, floorScenes } from '../floor_scene.ts';
import type { DocumentWriter, WriteOptions } from '../writer.ts';
import { InterchangeError } from '../writer.ts';
import { assumptions, sustainability } from './closing.ts';
import { approval, briefPart, cover } from './cover.ts';
import { plans, views } from './floors.ts';
import { type Faces, facesFor } from './fonts.ts';
import { items } from './items.ts';
import { budget, roi, scenarios } from './money_parts.ts';
import { type Proposal, readable } from './proposal.ts';
import { Sheet } from './sheet.ts';

/** In the order in which they stand in the proposal. */
const PARTS: Record<string, (proposal: Proposal) => void> = {
  cover,
  brief: briefPart,
  plan: plans,
  views,
  items,
  scenarios,
  budget,
  roi,
  sustainability,
  assumptions,
  approval,
};
const NEEDS_SCENARIO = ['items', 'scenarios', 'budget', 'roi', 'sustainability'];
/** Parts that speak of money: not in a proposal without prices. */
const ALL_MONEY = ['scenarios', 'budget', 'roi', 'assumptions'];
const ACCENT = '#1f4e5f';

export const write: DocumentWriter = async (document, options, tools) => {
  const chosen = Object.entries(PARTS).filter(([name]) => options.parts.includes(name));
  const faces = await facesFor(JSON.stringify([document, options.pictures?.map(({ name }) => name)]));
  const proposal = proposalOf(document, options, faces);
  for (const [n, [name, part]] of chosen.entries()) {
    tools.onProgress(n / chosen.length, `Setting ${name}`);
    if (proposal.scenario === null && NEEDS_SCENARIO.includes(name))
      proposal.left_out.push({ what: name, why: 'The project has no recommendation yet.' });
    else if (proposal.prices === 'none' && ALL_MONEY.includes(name))
      proposal.left_out.push({ what: name, why: 'This proposal was asked for without prices.' });
    else part(proposal);
  }
  const { sheet, left_out } = proposal;
  if (sheet.pages === 0)
    throw new InterchangeError(
      'nothing_to_write',
      'None of the parts chosen has anything to show yet: choose others, or make a recommendation first.',
    );
  tools.onProgress(0.98, 'Putting the pages together');
  const bytes = await sheet.finish();
  return { bytes, left_out: [...left_out, ...untold(sheet)] };
};

function proposalOf(document: ProjectDocument, options: WriteOptions, faces: Faces): Proposal {
  const scenario = scenarioOf(document, options.scenario_id) ?? null;
  const drawn = options.parts.includes('plan') || options.parts.includes('views');
  const { scenes, without_scale } = drawn
    ? floorScenes(document, scenario ?? undefined)
    : { scenes: [], without_scale: [] };
  const left_out: LeftOut[] = without_scale.map((name) => ({
    what: name,
    why: 'Its scale is not known, so it cannot be drawn to size.',
  }));
  const { organization, project } = document;
  const color =
    readable(organization?.branding.primary_color ?? null) ??
    readable(organization?.branding.accent_color ?? null);
  const sheet = new Sheet({
    paper: options.paper,
    title: `${project.name} \u2013 Furniture proposal`,
    author: organization?.name ?? '',
    made_at: new Date(document.exported_at),
    running: project.name,
    notice: document.audience === 'dealer' ? 'Internal \u2013 not for the client' : null,
    accent: color ?? ACCENT,
    footer: organization?.branding.footer_line ?? null,
    faces,
  });
  return {
    document,
    sheet,
    units: options.units,
    scenario,
    bill: scenario === null ? null : billOf(document, scenario),
    scenes: named(scenes, document),
    prices: options.prices ?? 'lines',
    pictures: options.pictures ?? [],
    left_out,
  };
}

/** Rooms without number and name are called the same on the plan, in its table and over their furniture. */
function named(scenes: readonly FloorScene[], { floors }: ProjectDocument): FloorScene[] {
  const names = roomNames(floors);
  return scenes.map((scene) => ({
    ...scene,
    rooms: scene.rooms.map((room) =>
      spaceLabel(room.space) === null
        ? { ...room, space: { ...room.space, name: names.get(room.space.id) ?? null } }
        : room,
    ),
  }));
}

/** What the typeface could not draw and what was cut. */
function untold(sheet: Sheet): LeftOut[] {
  const found: LeftOut[] = [];
  const { missing } = sheet.type;
  if (missing.size > 0)
    found.push({
      what: `Characters the typeface does not have: ${[...missing.keys()].slice(0, 20).join(' ')}${missing.size > 20 ? ' \u2026' : ''}`,
      why: 'They are written in Latin letters, or as an open box where they have no sound.',
      count: [...missing.values()].reduce((sum, one) => sum + one, 0),
    });
  if (sheet.shortened > 0)
    found.push({
      what: 'The ends of very long texts in tables',
      why: 'A row is at most half a page high.',
      count: sheet.shortened,
    });
  return found;
}
