// From a client's project document to what a link shows: a list of what goes through, so that nothing else does. Pure.
import type { CommentThread } from '../../../contract/comments.ts';
import type { DocumentItem, DocumentScenario, ProjectDocument } from '../../../contract/project-document.ts';
import type { SharedProject } from '../../../contract/sharing.ts';
import { extend, fromNumber, sum, toNumber } from '../../../engine/money.ts';
import type { OpenLink } from './sql.ts';

type Extras = Pick<SharedProject, 'state' | 'files' | 'decisions'> & { comments: CommentThread[] };

export function toShared(document: ProjectDocument, link: OpenLink, extras: Extras): SharedProject {
  const prices = link.prices as SharedProject['link']['prices'];
  const shown =
    document.scenarios.find((one) => one.is_selected) ??
    document.scenarios.find((one) => one.type === 'balanced') ??
    document.scenarios[0];
  const { project, organization } = document;
  return {
    link: {
      label: link.label,
      role: link.role as SharedProject['link']['role'],
      prices,
      downloads: link.downloads,
      expires_at: link.expires_at.toISOString(),
    },
    project: {
      name: project.name,
      description: project.description,
      status: project.status,
      client_name: project.client.name ?? null,
    },
    organization: organization === null ? null : { name: organization.name, branding: organization.branding },
    state: extras.state,
    floors: document.floors.map(({ id, level_name, feet_per_unit, plan, spaces }) => ({
      ...{ id, level_name, feet_per_unit },
      plan: plan === null ? null : { ...plan, source: { ...plan.source, file: '' } },
      spaces,
    })),
    scenarios: document.scenarios.map((one) => ({
      id: one.id,
      name: one.name,
      type: one.type,
      currency: one.currency,
      total: totalOf(one, prices),
      is_selected: one.is_selected,
    })),
    items: (shown?.items ?? []).map((item) => toItem(item, document, prices)),
    files: extras.files,
    comments: extras.comments.map(({ resolved_at: _at, resolved_by: _by, ...thread }) => thread),
    decisions: extras.decisions,
  };
}

/** By list prices the furniture alone: freight and the like belong to the offer. */
function totalOf(scenario: DocumentScenario, prices: SharedProject['link']['prices']): number | null {
  if (prices === 'none') return null;
  if (prices === 'sell') return scenario.total_cost;
  return toNumber(sum(scenario.items.map((item) => extend(fromNumber(item.unit_list_price), item.quantity))));
}

function toItem(item: DocumentItem, document: ProjectDocument, prices: SharedProject['link']['prices']) {
  const product = document.products.find((one) => one.sku === item.sku);
  const unit = prices === 'none' ? null : prices === 'list' ? item.unit_list_price : item.unit_price;
  return {
    id: item.id,
    space_id: item.space_id,
    name: product?.name ?? item.sku,
    description: product?.description ?? null,
    sku: item.sku,
    brand: product?.brand ?? null,
    category: product?.category ?? '',
    need: item.need.label,
    reasoning: prices === 'sell' ? item.reasoning : '',
    quantity: item.quantity,
    lead_time_days: product?.lead_time_days ?? null,
    unit_price: unit,
    total_price: unit === null ? null : toNumber(extend(fromNumber(unit), item.quantity)),
    placements: item.placements ?? [],
  };
}
