// What stands in a page's place while it loads, when it fails, and when there is none.
import { Link, useRouter } from '@tanstack/react-router';
import { ApiProblem } from '../api/problem.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../ui/states.tsx';

export function RoutePending() {
  return (
    <div className="mx-auto w-full max-w-220 p-6">
      <SkeletonLines lines={6} />
    </div>
  );
}

export function RouteError({ error }: { error: unknown }) {
  const router = useRouter();
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 403)) return <NotFound />;
  return (
    <div className="mx-auto w-full max-w-220 p-6">
      <ErrorState
        title="This page could not be shown"
        error={error}
        onRetry={() => void router.invalidate()}
      />
    </div>
  );
}

export function NotFound() {
  return (
    <div className="mx-auto w-full max-w-220 p-6">
      <EmptyState
        title="There is nothing at this address"
        action={
          <Link to="/projects" className={buttonClass('primary')}>
            Go to projects
          </Link>
        }
      >
        It may have been deleted, or it belongs to an organization you are not part of.
      </EmptyState>
    </div>
  );
}
