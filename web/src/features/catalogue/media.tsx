// How a product looks: its dimensioned drawing, or its model in three dimensions, and the model as a file or in one's room.
import { useQuery } from '@tanstack/react-query';
import { Download, Smartphone } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Product } from '../../../../contract/catalog.ts';
import { modelLinkQuery, productModelAddress, productModelQuery } from '../../api/renders.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Segmented } from '../../ui/field.tsx';
import { ProductSheet } from '../../ui/product/drawing.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { type ArKind, arKind, sceneViewerLink, usdzOf } from '../three/ar.ts';
import { hasWebGl, NO_WEBGL } from '../three/webgl.ts';
import { drawn } from './product-facts.ts';

const ProductView = lazy(() => import('../three/product-view.tsx'));

function hasModel(product: Product): boolean {
  const { width_in, depth_in, height_in } = product.specifications.dimensions ?? {};
  return Boolean(width_in && depth_in && height_in);
}

export function Media({ product, onModel }: { product: Product; onModel: () => void }) {
  const [view, setView] = useState<'drawing' | '3d'>('drawing');
  const offered = hasModel(product);
  return (
    <section aria-label="Pictures" className="flex flex-col gap-2">
      {view === 'drawing' || !offered ? (
        <ProductSheet
          product={drawn(product)}
          className="flex flex-col gap-2 rounded-lg border border-hairline bg-surface p-4"
        />
      ) : (
        <figure className="flex flex-col gap-2 rounded-lg border border-hairline bg-surface p-4">
          <div className="relative aspect-4/3 max-h-[26rem] w-full">
            {hasWebGl() ? (
              <Suspense fallback={<Skeleton className="absolute inset-0 rounded-lg" />}>
                <ProductView product_id={product.id} name={product.name} onTouch={onModel} />
              </Suspense>
            ) : (
              <p className="grid h-full place-items-center p-6 text-center text-sm text-ink-2">{NO_WEBGL}</p>
            )}
          </div>
          <figcaption className="text-xs text-ink-3">
            Drag or use the arrow keys to turn it. Drawn from the dimensions, not a likeness.
          </figcaption>
        </figure>
      )}
      {offered ? (
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Show as"
            value={view}
            options={[
              { value: 'drawing', label: 'Drawing' },
              { value: '3d', label: '3D' },
            ]}
            onChange={(next) => {
              setView(next);
              if (next === '3d') onModel();
            }}
          />
          <a
            href={productModelAddress(product.id)}
            download={`${product.sku}.glb`}
            className={buttonClass('quiet')}
            title="glTF binary, in metres"
          >
            <Download aria-hidden="true" />
            3D model (.glb)
          </a>
          <InYourRoom product={product} />
        </div>
      ) : null}
    </section>
  );
}

function InYourRoom({ product }: { product: Product }) {
  const [kind] = useState(arKind);
  if (kind === 'scene_viewer') return <AndroidLink product={product} />;
  return kind === 'quick_look' ? <AppleLink product={product} /> : null;
}

const LABEL: Record<ArKind, string> = {
  scene_viewer: 'View in your room',
  quick_look: 'View in your room',
};

function AndroidLink({ product }: { product: Product }) {
  const { data } = useQuery(modelLinkQuery(product.id));
  if (!data) return null;
  return (
    <a href={sceneViewerLink(data.url, product.name)} className={buttonClass('quiet')}>
      <Smartphone aria-hidden="true" />
      {LABEL.scene_viewer}
    </a>
  );
}

/** Quick Look opens a link of the kind "ar" that holds one picture and nothing else. */
function AppleLink({ product }: { product: Product }) {
  const model = useQuery(productModelQuery(product.id));
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!model.data) return;
    let made: string | null = null;
    let left = false;
    void usdzOf(model.data).then((file) => {
      if (left) return;
      made = URL.createObjectURL(file);
      setUrl(made);
    });
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [model.data]);
  if (!url) return null;
  return (
    <a rel="ar" href={url} download={`${product.sku}.usdz`} className={buttonClass('quiet')}>
      <img src={PHONE} alt={LABEL.quick_look} className="h-4 w-auto" />
    </a>
  );
}

/** "View in your room" as a picture: text beside it would keep the viewer from opening. */
const PHONE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="130" height="16"%3E%3Ctext x="0" y="12.500" font-family="sans-serif" font-size="13" fill="gray"%3EView in your room%3C/text%3E%3C/svg%3E';
