/**
 * Who may see what of a project document. Costs live in fields named `internal`; a client's document has none of them,
 * and neither the conversations, where people speak of anything.
 */
import type { Audience, LeftOut, ProjectDocument } from '../../../contract/project-document.ts';

/** The document as this audience may have it; for `dealer` it is returned as it is. */
export function forAudience(document: ProjectDocument, audience: Audience): ProjectDocument {
  if (audience === 'dealer') return { ...document, audience };
  const left_out: LeftOut[] = [...document.left_out];
  if (document.conversations.length > 0)
    left_out.push({
      what: 'Conversations',
      why: 'they are internal; the sentences the brief rests on are kept with it',
      count: document.conversations.length,
    });
  const client: ProjectDocument = {
    ...document,
    audience,
    conversations: [],
    recommendation:
      document.recommendation === null
        ? null
        : {
            ...document.recommendation,
            input_parameters: withoutCosts(document.recommendation.input_parameters),
            summary: withoutCosts(document.recommendation.summary),
          },
    scenarios: document.scenarios.map(({ internal: _internal, ...scenario }) => ({
      ...scenario,
      roi_analysis: withoutCosts(scenario.roi_analysis),
      solver: withoutCosts(scenario.solver),
      assumptions: withoutCosts(scenario.assumptions),
      sustainability:
        scenario.sustainability === null
          ? null
          : { ...scenario.sustainability, report: withoutCosts(scenario.sustainability.report) },
      items: scenario.items.map(({ internal: _cost, ...item }) => ({
        ...item,
        need: withoutCosts(item.need),
      })),
    })),
    left_out,
  };
  assertClientSafe(client);
  return client;
}

/** Whether anything of the document says what a dealer pays. */
export function hasCost(document: ProjectDocument): boolean {
  return document.scenarios.some((one) =>
    one.items.some((item) => (item.internal?.unit_cost ?? null) !== null),
  );
}

/** Names under which costs are known anywhere in the product; `total_cost` is what the client pays, all lines together. */
const FORBIDDEN = /^(internal|dealer_.*|unit_cost|cost|net_cost|.*buy.*|.*margin.*|.*markup.*)$/;

/** Free-form parts of a document without whatever bears the name of a cost. */
function withoutCosts<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutCosts) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !FORBIDDEN.test(key))
      .map(([key, inner]) => [key, withoutCosts(inner)]),
  ) as T;
}

/** Throws where a field of a client's document bears the name of a cost: a fault of ours, and no file is written then. */
export function assertClientSafe(document: ProjectDocument): void {
  const found = forbiddenPath(document, '');
  if (found !== undefined) throw new Error(`A client's document holds ${found}.`);
}

function forbiddenPath(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const here = `${path}/${key}`;
    if (!Array.isArray(value) && FORBIDDEN.test(key)) return here;
    const found = forbiddenPath(inner, here);
    if (found !== undefined) return found;
  }
  return undefined;
}
