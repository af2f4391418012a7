// The frame around every signed-in page: rail, top bar, palette, shortcuts. On narrow screens the rail is a bottom bar.
import { Link, Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { ChartNoAxesColumn, Layers, type LucideIcon, Sofa } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { UnitsProvider } from '../ui/figures.tsx';
import { useAccountTheme, useSettings } from './settings.ts';
import { Mark } from './shell-mark.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './top-bar.tsx';

const CommandPalette = lazy(() => import('./command-palette.tsx'));
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
);

interface Place {
  to: '/projects' | '/catalogue' | '/analytics';
  label: string;
  icon: LucideIcon;
}
const PLACES: readonly Place[] = [
  { to: '/projects', label: 'Projects', icon: Layers },
  { to: '/catalogue', label: 'Catalogue', icon: Sofa },
  { to: '/analytics', label: 'Analytics', icon: ChartNoAxesColumn },
];

export function Shell() {
  const settings = useSettings();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  useAccountTheme(settings.theme);
  const latest = useRef(settings);
  latest.current = settings;
  useShortcuts(
    useMemo(
      () => ({
        palette: () => setOpen('palette'),
        help: () => setOpen('help'),
        goto: (place) => void navigate({ to: `/${place}` }),
        toggleTheme: () => latest.current.toggleTheme(),
        toggleUnits: () => latest.current.toggleUnits(),
      }),
      [navigate],
    ),
  );
  const { projectId } = useParams({ strict: false });
  const main = useFocusOnNavigation();
  return (
    <UnitsProvider value={settings.units}>
      <a
        href="#main"
        className="fixed top-1 left-1 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm text-accent-on focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="grid h-dvh grid-rows-[3rem_minmax(0,1fr)_auto] md:grid-cols-[4.25rem_minmax(0,1fr)] md:grid-rows-[3rem_minmax(0,1fr)]">
        <Rail />
        <TopBar
          projectId={projectId}
          settings={settings}
          onSearch={() => setOpen('palette')}
          onHelp={() => setOpen('help')}
        />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className="relative row-start-2 min-h-0 overflow-y-auto outline-none md:col-start-2"
        >
          <Outlet />
        </main>
      </div>
      <Suspense>
        {open === 'palette' ? (
          <CommandPalette
            settings={settings}
            onClose={() => setOpen(null)}
            onHelp={() => setOpen('help')}
            projectId={projectId}
          />
        ) : null}
        {open === 'help' ? <ShortcutsDialog onClose={() => setOpen(null)} /> : null}
      </Suspense>
    </UnitsProvider>
  );
}

/** After going to another page, the keyboard starts at its content. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({
    select: (state) => state.location.pathname.split('/').slice(0, 3).join('/'),
  });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function Rail() {
  return (
    <nav
      aria-label="Main"
      className="z-20 flex bg-ground max-md:row-start-3 max-md:border-t max-md:border-hairline max-md:pb-[env(safe-area-inset-bottom)] md:row-span-2 md:flex-col md:items-stretch md:border-r md:border-hairline"
    >
      <Link to="/projects" aria-label="OFS, projects" className="grid h-12 place-items-center max-md:hidden">
        <Mark />
      </Link>
      {PLACES.map((place) => (
        <Link
          key={place.to}
          to={place.to}
          className="group flex flex-1 flex-col items-center justify-center gap-0.5 py-2 text-2xs text-ink-3 hover:text-ink aria-[current=page]:text-ink md:flex-none md:py-2.5"
          activeOptions={{ includeSearch: false }}
        >
          <span className="grid h-7 w-11 place-items-center rounded-md group-hover:bg-hover group-aria-[current=page]:bg-accent-wash group-aria-[current=page]:text-accent">
            <place.icon className="size-[18px]" strokeWidth={1.75} aria-hidden="true" />
          </span>
          {place.label}
        </Link>
      ))}
    </nav>
  );
}
