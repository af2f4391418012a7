// One product: drawn to scale, priced with its options, with its facts and where they come from.
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Product, ProductForDealer } from '../../../../contract/catalog.ts';
import { type OpenView, viewProduct } from '../../analytics-client/client.ts';
import { productQuery, successorQuery } from '../../api/catalog.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Money } from '../../ui/figures.tsx';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton, SkeletonLines } from '../../ui/states.tsx';
import { formatDate, formatDays, humanize } from '../../ui/units.ts';
import { AddToProject } from './add-to-project.tsx';
import { type Choosing, Options, useConfiguration } from './configure.tsx';
import { Media } from './media.tsx';
import { Prices } from './prices.tsx';
import { Related, Similar } from './related.tsx';
import { SpecTable, SustainabilityFacts } from './spec-table.tsx';

export default function ProductPage() {
  const { productId } = useParams({ from: '/inside/catalogue/$productId' });
  const product = useQuery(productQuery(productId));
  if (product.isPending) return <Waiting />;
  if (product.isError)
    return product.error instanceof ApiProblem && product.error.status === 404 ? (
      <Page title="Product not found">
        <EmptyState
          title="There is no such product"
          action={
            <ButtonLink to="/catalogue" variant="primary">
              Go to the catalogue
            </ButtonLink>
          }
        >
          It may have been taken out of the catalogue.
        </EmptyState>
      </Page>
    ) : (
      <Page title="Product">
        <ErrorState
          title="The product could not be loaded"
          error={product.error}
          onRetry={() => void product.refetch()}
        />
      </Page>
    );
  return <ProductView key={productId} product={product.data} />;
}

function Waiting() {
  return (
    <Page title="Product">
      <div className="grid gap-8 md:grid-cols-2">
        <Skeleton className="aspect-4/3 w-full rounded-lg" />
        <SkeletonLines lines={8} />
      </div>
    </Page>
  );
}

/** Counts the seconds of this look at the product. */
function useProductView(id: string) {
  const from = useRouterState({ select: (state) => state.location.state.viewed_from ?? 'direct' });
  const view = useRef<OpenView | null>(null);
  const first = useRef(from);
  useEffect(() => {
    view.current = viewProduct(id, first.current);
    return () => view.current?.end();
  }, [id]);
  return view;
}

function ProductView({ product }: { product: Product | ProductForDealer }) {
  const view = useProductView(product.id);
  const choosing = useConfiguration(product.id);
  return (
    <Page
      title={product.name}
      note={
        <>
          {[product.brand, product.collection ? `${product.collection} collection` : null]
            .filter(Boolean)
            .join(' · ')}
          {' · '}
          <span className="text-ink-3">{product.sku}</span>
        </>
      }
      actions={
        <TextLink to="/catalogue" search={{ category: product.category }} className="text-sm">
          <ArrowLeft className="mr-1 inline size-3.5" aria-hidden="true" />
          {humanize(product.category)}
        </TextLink>
      }
    >
      <Discontinued product={product} />
      <div className="grid items-start gap-x-10 gap-y-6 md:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <Media product={product} onModel={() => view.current?.clicked('3d_model')} />
        <div className="flex min-w-0 flex-col gap-5">
          <Price product={product} choosing={choosing} />
          <Options choosing={choosing} />
          <AddButton product={product} variant_id={choosing.configuration?.variant_id ?? null} />
          {product.description ? (
            <p className="max-w-prose text-base text-ink-2">{product.description}</p>
          ) : null}
        </div>
      </div>
      <div
        className="grid items-start gap-x-10 gap-y-8 pt-4 md:grid-cols-2"
        onPointerDown={() => view.current?.clicked('specs')}
      >
        <SpecTable product={product} />
        <SustainabilityFacts product={product} />
      </div>
      <Prices productId={product.id} />
      <Related productId={product.id} />
      <Similar productId={product.id} />
    </Page>
  );
}

function AddButton({ product, variant_id }: { product: Product; variant_id: string | null }) {
  const [adding, setAdding] = useState(false);
  if (product.status !== 'active') return null;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => setAdding(true)}>
          Add to a project
        </Button>
        <ButtonLink to="/catalogue/compare" search={{ ids: product.id }}>
          Compare
        </ButtonLink>
      </div>
      <AddToProject
        product={product}
        variant_id={variant_id}
        open={adding}
        onClose={() => setAdding(false)}
      />
    </>
  );
}

function Discontinued({ product }: { product: Product }) {
  const over = product.status !== 'active';
  const chain = useQuery({ ...successorQuery(product.id), enabled: over });
  if (!over) return null;
  const successor = chain.data?.successor;
  return (
    <p role="status" className="rounded-md bg-warn-wash px-3 py-2 text-sm">
      <strong className="font-medium">{humanize(product.status)}.</strong>{' '}
      {successor ? (
        <>
          Its successor is{' '}
          <TextLink to="/catalogue/$productId" params={{ productId: successor.id }}>
            {successor.name}
          </TextLink>{' '}
          ({successor.sku}).
        </>
      ) : chain.isPending ? null : (
        `It can no longer be ordered. ${chain.data?.problem ?? 'No successor is named.'}`
      )}
    </p>
  );
}

function Price({ product, choosing }: { product: Product | ProductForDealer; choosing: Choosing }) {
  const { configuration, untouched } = choosing;
  const configured = untouched ? undefined : configuration;
  const price = configured?.list_price ?? product.list_price;
  const added = Math.round((price - product.list_price) * 100) / 100;
  const lead = configured?.lead_time_days ?? product.lead_time_days;
  const inStock = configured?.in_stock ?? product.in_stock;
  const cost = 'dealer_price' in product ? product.dealer_price : null;
  return (
    <section aria-label="Price and delivery" aria-live="polite">
      <p className="text-3xl font-medium tracking-[-0.02em]">
        <Money amount={price} currency={product.currency} cents />
      </p>
      <p className="text-sm text-ink-2">
        List price
        {added !== 0 ? (
          <>
            {' '}
            with these options (
            <Money amount={added} currency={product.currency} cents signed />)
          </>
        ) : null}
        , as of {formatDate(product.updated_at)}
      </p>
      {cost != null ? (
        <p className="text-sm text-ink-2">
          Dealer cost <Money amount={cost} currency={product.currency} cents />
          {added !== 0 ? ', without the options' : ''}
        </p>
      ) : null}
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={inStock ? 'good' : 'neutral'}>{inStock ? 'In stock' : 'Made to order'}</Badge>
        <span>Lead time {formatDays(lead)}</span>
        {product.moq > 1 ? <span className="text-ink-2">at least {product.moq} pieces</span> : null}
      </p>
    </section>
  );
}
