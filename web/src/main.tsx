// Entry: the cache, the router, the page.
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { trackPages } from './analytics-client/router-hook.ts';
import { onSignedOut, queryClient } from './api/query-client.ts';
import { router } from './routes/router.tsx';
import { Toasts, toast } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

onSignedOut(() => {
  toast('Your session ended. Sign in again to go on.');
  void router.navigate({ to: '/sign-in', search: { redirect: router.state.location.href } });
});

trackPages(router);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
