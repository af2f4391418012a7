// A brief that cannot be met: what stands in the way, and the smallest sets of limits that would have to give, each taken
// with one press.
import { TriangleAlert } from 'lucide-react';
import type { LimitRelief, Relaxation } from '../../../../contract/choice.ts';
import type { CreateRecommendationRequest, Recommendation } from '../../../../contract/recommendations.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/units.ts';
import type { RecommendJob } from './recommend.tsx';

const KIND: Record<Relaxation['limits'][number]['kind'], string> = {
  budget: 'Total',
  lead_time: 'Lead time',
  brands: 'Brands',
  carbon: 'Carbon',
  certification: 'Certificate',
  stock: 'Stock',
  size: 'Size',
  feature: 'Feature',
  minimum_order: 'Minimum order',
  catalogue: 'Catalogue',
};

const FEW = 4;

interface RelaxProps {
  recommendation: Recommendation;
  job: RecommendJob;
  allowed: boolean;
  /** An earlier bill stands below. */
  earlier: boolean;
}

export function CannotBeMet({ recommendation, job, allowed, earlier }: RelaxProps) {
  const { infeasibility } = recommendation;
  if (infeasibility === null) return null;
  const { without_product: without, relaxations } = infeasibility;
  return (
    <section aria-label="Limits that cannot be kept" className="mb-5 rounded-md border border-line p-3">
      <h3 className="flex items-center gap-2 text-sm font-medium">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warn" />
        No choice keeps all limits
      </h3>
      <p className="mt-1 text-sm text-ink-2">
        {relaxations.length === 0
          ? (recommendation.notes[0] ?? 'No product meets the needs.')
          : relaxations.length === 1
            ? 'One change makes it possible.'
            : 'Any one of these changes makes it possible.'}
        {earlier ? ' Below is the furniture recommended before.' : ''}
      </p>
      {without.length > 0 ? (
        <ul aria-label="Needs without a product" className="mt-2 text-xs text-ink-2">
          {without.slice(0, FEW).map((one) => (
            <li key={one.need_key}>
              <span className="font-medium text-ink">{one.label}:</span> {one.why}
            </li>
          ))}
          {without.length > FEW ? <li>{formatCount(without.length - FEW)} more needs</li> : null}
        </ul>
      ) : null}
      <ul className="mt-2">
        {relaxations.map((one) => (
          <Way key={one.gives} relaxation={one} recommendation={recommendation} job={job} allowed={allowed} />
        ))}
      </ul>
    </section>
  );
}

function Way({
  relaxation,
  recommendation,
  job,
  allowed,
}: Omit<RelaxProps, 'earlier'> & { relaxation: Relaxation }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t border-hairline py-2">
      <div className="min-w-0 text-sm">
        {relaxation.limits.map((limit) => (
          <p key={`${limit.kind}:${limit.from}`}>
            {KIND[limit.kind]}: <span className="text-ink-3 line-through">{limit.from}</span>{' '}
            <span className="font-medium">{limit.to}</span>
          </p>
        ))}
        <p className="text-xs text-ink-2">{relaxation.gives}</p>
      </div>
      {allowed ? (
        <Button
          size="sm"
          busy={job.running}
          aria-label={`Relax: ${relaxation.limits.map((limit) => `${KIND[limit.kind]} ${limit.to}`).join(', ')}`}
          onClick={() => job.start(requestWith(recommendation, relaxation.relief))}
        >
          Relax this
        </Button>
      ) : null}
    </li>
  );
}

/** The same request again, with what was relaxed before and this. */
function requestWith(recommendation: Recommendation, relief: LimitRelief): CreateRecommendationRequest {
  const { constraints, relax, arrangement } =
    recommendation.input_parameters as unknown as CreateRecommendationRequest;
  return {
    ...(constraints ? { constraints } : {}),
    ...(arrangement ? { arrangement } : {}),
    relax: {
      ...relax,
      ...relief,
      ...(relax?.also_brands && relief.also_brands
        ? { also_brands: [...relax.also_brands, ...relief.also_brands] }
        : {}),
      ...(relax?.without_certifications && relief.without_certifications
        ? { without_certifications: [...relax.without_certifications, ...relief.without_certifications] }
        : {}),
    },
  };
}
