/**
 * What a composed proposal shows its readers, line by line, with the features of every product offered: kept with the
 * recommendation, because prices, stock and the catalogue are others by the time somebody decides.
 */
import type { ChosenItem, Scenario } from '../../contract/choice.ts';
import type { Impression, ShownProduct } from '../../contract/learning.ts';
import { type ChoiceInput, type ChoiceLine, problemOf } from '../ranking/problem.ts';
import type { ScoredCandidate } from '../ranking/score.ts';
import { featuresOf, roundedFeatures, spanOf } from './features.ts';

/** Positions of the products offered on a line, one entry for all rooms that share choice and list. */
export function impressionsOf(
  input: ChoiceInput,
  scenarios: readonly Pick<Scenario, 'type' | 'items'>[],
): Impression[] {
  const { lines } = problemOf(input);
  const styles = input.brief?.preferences?.style ?? [];
  const impressions: Impression[] = [];
  for (const line of lines) {
    const span = spanOf(line.candidates.map(({ product }) => product));
    const keys = new Set(line.members.map((need) => need.key));
    for (const scenario of scenarios) {
      const items = scenario.items.filter((item) => keys.has(item.need_key));
      for (const group of Map.groupBy(items, offerOf).values()) {
        const shown = shownOn(line, span, group[0]!);
        if (shown === null) continue;
        impressions.push({
          scenario_type: scenario.type,
          need_keys: group.map((item) => item.need_key),
          role: line.need.role,
          space_type: line.need.space_type,
          styles: [...styles],
          confidence: group[0]!.locked ? null : group[0]!.confidence_score,
          span,
          shown,
        });
      }
    }
  }
  return impressions;
}

function offerOf(item: ChosenItem): string {
  return [item.product_id, ...item.alternatives.map((one) => one.product_id)].join(' ');
}

/** Null where the chosen product is no candidate of the line as it stands. */
function shownOn(line: ChoiceLine, span: Impression['span'], item: ChosenItem): ShownProduct[] | null {
  const places = new Map(
    line.candidates.map((candidate, index) => [candidate.product.id, { candidate, index }]),
  );
  const ids = [item.product_id, ...item.alternatives.map((one) => one.product_id)];
  if (!places.has(item.product_id)) return null;
  return ids.flatMap((id, position) => {
    const place = places.get(id);
    return place === undefined ? [] : [shownProduct(place.candidate, place.index + 1, position, span)];
  });
}

function shownProduct(
  { product, parts }: ScoredCandidate,
  rank: number,
  position: number,
  span: Impression['span'],
): ShownProduct {
  return {
    product_id: product.id,
    position,
    rank,
    fixed_value: Math.round(1e4 * parts.fixed) / 1e4,
    features: roundedFeatures(featuresOf(product, span, parts)),
  };
}
