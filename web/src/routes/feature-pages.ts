// Pages that live in features/ and are loaded when first visited. One line a page.
import { lazyRouteComponent } from '@tanstack/react-router';

export const FEATURE_PAGES = {
  shared: lazyRouteComponent(() => import('../features/sharing/page.tsx')),
  catalogue: lazyRouteComponent(() => import('../features/catalogue/page.tsx')),
  compare: lazyRouteComponent(() => import('../features/catalogue/compare-page.tsx')),
  catalogueImport: lazyRouteComponent(() => import('../features/catalogue/import-page.tsx')),
  product: lazyRouteComponent(() => import('../features/catalogue/product-page.tsx')),
  analytics: lazyRouteComponent(() => import('../features/analytics/page.tsx')),
};
