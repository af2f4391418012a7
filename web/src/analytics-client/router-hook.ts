// Page views from the router: one for each address that was really shown, not for changes of its search or hash.
import type { AnyRouter } from '@tanstack/react-router';
import { startAnalytics, track } from './client.ts';

/** Call once beside the router. */
export function trackPages(router: AnyRouter): () => void {
  let shown = '';
  const stop = startAnalytics();
  const unsubscribe = router.subscribe('onRendered', ({ toLocation }) => {
    if (toLocation.pathname === shown) return;
    shown = toLocation.pathname;
    // Titles are set by the page's own effect, which runs after this.
    setTimeout(() => track('page_view', { route: shown.replace(/[0-9a-f-]{36}/g, ':id') }, 'page_view'), 0);
  });
  return () => {
    unsubscribe();
    stop();
  };
}
