// Every address of the app. Pages are loaded when first visited; signed-out visits go to /sign-in and come back.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from '../api/accounts.ts';
import { projectQuery } from '../api/projects.ts';
import { queryClient } from '../api/query-client.ts';
import { NotFound, RouteError, RoutePending } from './fallbacks.tsx';
import { FEATURE_PAGES } from './feature-pages.ts';
import { projectsSearch, resetSearch, signInSearch, workspaceSearch } from './search.ts';

const rootRoute = createRootRoute({ component: Outlet });

const accountPages = () => import('../features/accounts/pages.tsx');
async function onlySignedOut({ search }: { search: { redirect?: string | undefined } }) {
  if (await queryClient.ensureQueryData(meQuery)) throw redirect({ href: search.redirect ?? '/projects' });
}
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(accountPages, 'SignInPage'),
});
const register = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: signInSearch,
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(accountPages, 'RegisterPage'),
});
const forgotPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(accountPages, 'ForgotPasswordPage'),
});
const resetPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: resetSearch,
  component: lazyRouteComponent(accountPages, 'ResetPasswordPage'),
});
const verifyEmail = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  validateSearch: resetSearch,
  component: lazyRouteComponent(accountPages, 'VerifyEmailPage'),
});

const accountLinks = () => import('../features/accounts/links.tsx');
const confirmEmail = createRoute({
  getParentRoute: () => rootRoute,
  path: '/confirm-email',
  validateSearch: resetSearch,
  component: lazyRouteComponent(accountLinks, 'ConfirmEmailPage'),
});
const restoreEmail = createRoute({
  getParentRoute: () => rootRoute,
  path: '/restore-email',
  validateSearch: resetSearch,
  component: lazyRouteComponent(accountLinks, 'RestoreEmailPage'),
});

/** A project shown to people without an account. */
const shared = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared/$token',
  component: FEATURE_PAGES.shared,
});

/** Everything behind the sign-in, inside the shell. */
const inside = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    if (!(await queryClient.ensureQueryData(meQuery))) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { redirect: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('../app/shell.tsx'), 'Shell'),
});
const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/projects', replace: true });
  },
});
const projects = createRoute({
  getParentRoute: () => inside,
  path: '/projects',
  validateSearch: projectsSearch,
  component: lazyRouteComponent(() => import('../features/projects/page.tsx'), 'ProjectsPage'),
});
const workspace = createRoute({
  getParentRoute: () => inside,
  path: '/projects/$projectId',
  validateSearch: workspaceSearch,
  loader: ({ params }) => queryClient.ensureQueryData(projectQuery(params.projectId)),
  component: lazyRouteComponent(() => import('./workspace/workspace.tsx'), 'Workspace'),
});
const workspaceIndex = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('./workspace/step.tsx'), 'CurrentStep'),
});
const workspaceStep = createRoute({
  getParentRoute: () => workspace,
  path: '/$step',
  component: lazyRouteComponent(() => import('./workspace/step.tsx'), 'Step'),
});

const catalogue = createRoute({
  getParentRoute: () => inside,
  path: '/catalogue',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: FEATURE_PAGES.catalogue,
});
const compare = createRoute({
  getParentRoute: () => inside,
  path: '/catalogue/compare',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: FEATURE_PAGES.compare,
});
const catalogueImport = createRoute({
  getParentRoute: () => inside,
  path: '/catalogue/import',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: FEATURE_PAGES.catalogueImport,
});
const product = createRoute({
  getParentRoute: () => inside,
  path: '/catalogue/$productId',
  component: FEATURE_PAGES.product,
});
const analytics = createRoute({
  getParentRoute: () => inside,
  path: '/analytics',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: FEATURE_PAGES.analytics,
});
const invitation = createRoute({
  getParentRoute: () => inside,
  path: '/invitation',
  validateSearch: resetSearch,
  component: lazyRouteComponent(accountLinks, 'InvitationPage'),
});
const settingsFrame = lazyRouteComponent(() => import('../features/settings/frame.tsx'));
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: settingsFrame,
});
const settingsPage = createRoute({
  getParentRoute: () => inside,
  path: '/settings/$page',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: settingsFrame,
});
const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: settingsFrame,
});
const adminPage = createRoute({
  getParentRoute: () => inside,
  path: '/admin/$page',
  validateSearch: (raw: Record<string, unknown>) => raw,
  component: settingsFrame,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signIn,
    register,
    forgotPassword,
    resetPassword,
    verifyEmail,
    confirmEmail,
    restoreEmail,
    shared,
    inside.addChildren([
      home,
      projects,
      workspace.addChildren([workspaceIndex, workspaceStep]),
      catalogue,
      compare,
      catalogueImport,
      product,
      analytics,
      invitation,
      settings,
      settingsPage,
      admin,
      adminPage,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 120,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
