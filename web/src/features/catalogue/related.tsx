// What belongs to a product, and what is like it.
import { useQuery } from '@tanstack/react-query';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../../../contract/catalog.ts';
import { relatedQuery, similarQuery } from '../../api/catalog.ts';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatPercent } from '../../ui/units.ts';
import { ProductCard } from './results.tsx';

const LABELS: Record<RelationshipType, string> = {
  collection: 'From the same collection',
  compatible: 'Goes with it',
  accessory: 'Accessories',
  bundle: 'Sold together',
  alternative: 'Instead of it',
};
const GRID = 'grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-6';
const SHOWN = 6;

/** How strongly the two belong together, as the catalogue states it (0 to 1). */
function match(strength: number | null): string | undefined {
  if (strength === null) return undefined;
  return `${strength >= 0.8 ? 'Strong' : strength >= 0.5 ? 'Good' : 'Loose'} match, ${formatPercent(strength * 100)}`;
}

export function Related({ productId }: { productId: string }) {
  const related = useQuery(relatedQuery(productId));
  if (related.isPending) return <SkeletonLines lines={3} />;
  if (related.isError)
    return (
      <ErrorState
        title="Related products could not be loaded"
        error={related.error}
        onRetry={() => void related.refetch()}
      />
    );
  return RELATIONSHIP_TYPES.map((type) => {
    const products = related.data.items
      .filter((item) => item.relationship_type === type)
      .sort((a, b) => (b.strength ?? 0) - (a.strength ?? 0))
      .slice(0, SHOWN);
    if (products.length === 0) return null;
    return (
      <section key={type} className="border-t border-hairline pt-4">
        <h2 className="mb-3 text-lg font-semibold">{LABELS[type]}</h2>
        <ul className={GRID}>
          {products.map(({ product, strength }) => (
            <li key={product.id}>
              <ProductCard product={product} from="related_products" note={match(strength)} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

export function Similar({ productId }: { productId: string }) {
  const similar = useQuery(similarQuery(productId));
  const products = similar.data?.items.slice(0, SHOWN) ?? [];
  // An extra: where it fails or finds nothing, the page is whole without it.
  if (products.length === 0) return null;
  return (
    <section className="border-t border-hairline pt-4">
      <h2 className="mb-3 text-lg font-semibold">Similar products</h2>
      <ul className={GRID}>
        {products.map((product) => (
          <li key={product.id}>
            <ProductCard product={product} from="related_products" note={product.why} />
          </li>
        ))}
      </ul>
    </section>
  );
}
