// Pages that live in features/ and are loaded when first visited. One line per page; the rail shows what is here.
import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';

type Loader = () => Promise<{ default: ComponentType }>;

const FOUND = import.meta.glob<{ default: ComponentType }>([
  '../features/catalogue/page.tsx',
  '../features/catalogue/product-page.tsx',
  '../features/analytics/page.tsx',
]) as Partial<Record<string, Loader>>;

function page(path: string) {
  const load = FOUND[`../features/${path}.tsx`];
  return load ? lazyRouteComponent(load, 'default') : undefined;
}

export const FEATURE_PAGES = {
  catalogue: page('catalogue/page'),
  product: page('catalogue/product-page'),
  analytics: page('analytics/page'),
};
