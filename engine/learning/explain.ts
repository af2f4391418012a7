/** What changed from one model to the next and what an organization's own ranking leans to, in words. */
import type { MovedFeature, OrganizationLearning } from '../../contract/learning.ts';
import { BIAS } from './encode.ts';
import { labelOf, oppositeOf } from './features.ts';
import type { OwnRanking, SharedRanking } from './model.ts';

const WORTH_SAYING = 0.02;
const MOST = 8;

/** The features whose weight in the shared part moved most, strongest first. */
export function movedFeatures(before: SharedRanking | null, after: SharedRanking): MovedFeature[] {
  const old = new Map((before?.names ?? []).map((name, i) => [name, before?.mean[i] ?? 0]));
  const now = new Map(after.names.map((name, i) => [name, after.mean[i] ?? 0]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => name !== BIAS)
    .map((feature) => {
      const from = round(old.get(feature) ?? 0);
      const to = round(now.get(feature) ?? 0);
      return {
        feature,
        label: labelOf(feature),
        before: from,
        after: to,
        sentence: moveInWords(feature, from, to),
      };
    })
    .filter((one) => Math.abs(one.after - one.before) >= WORTH_SAYING)
    .sort(
      (a, b) =>
        Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.feature < b.feature ? -1 : 1),
    )
    .slice(0, MOST);
}

function moveInWords(feature: string, from: number, to: number): string {
  const liked = standsFor(feature, to);
  if (Math.sign(from) !== Math.sign(to) && from !== 0 && to !== 0)
    return `Now ${liked}; it was the other way round.`;
  if (Math.abs(to) > Math.abs(from)) return `More ${liked} than before.`;
  return `Less ${standsFor(feature, from)} than before.`;
}

/** Words of the catalogue have no opposite; one can only be against them. */
function standsFor(feature: string, weight: number): string {
  if (weight >= 0) return `in favour of ${labelOf(feature)}`;
  return feature.includes(':') ? `against ${labelOf(feature)}` : `in favour of ${oppositeOf(feature)}`;
}

/** What an organization's own decisions show beyond doubt of one standard deviation, strongest first. */
export function learnedInWords(own: OwnRanking): OrganizationLearning['learned'] {
  return own.names
    .map((feature, i) => {
      const mean = own.mean[i] ?? 0;
      const deviation = Math.sqrt(own.covariance[(i * (i + 1)) / 2 + i] ?? 1);
      return { feature, mean, strength: round(mean / deviation) };
    })
    .filter(({ feature, strength }) => feature !== BIAS && Math.abs(strength) >= 1)
    .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength) || (a.feature < b.feature ? -1 : 1))
    .slice(0, MOST)
    .map(({ feature, mean, strength }) => {
      const counts = own.evidence[feature];
      const toward =
        mean >= 0
          ? `to ${labelOf(feature)}`
          : feature.includes(':')
            ? `away from ${labelOf(feature)}`
            : `to ${oppositeOf(feature)}`;
      const shown = counts === undefined ? '' : ` (accepted ${counts[0]} of ${counts[1]})`;
      return { feature, strength, sentence: `Leans ${toward}${shown}.` };
    });
}

function round(value: number): number {
  return Math.round(1e3 * value) / 1e3;
}
