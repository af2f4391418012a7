// The cache of what was read. A 401 anywhere means the session ended: `onSignedOut` is told once.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { ApiProblem } from './problem.ts';

let signedOut = () => {};
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

function watch(error: unknown) {
  if (error instanceof ApiProblem && error.status === 401 && queryClient.getQueryData(keys.me)) {
    queryClient.setQueryData(keys.me, null);
    signedOut();
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      refetchOnWindowFocus: true,
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 502),
    },
  },
});
