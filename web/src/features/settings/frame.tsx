// The frame of settings and administration: the list of pages beside the page in hand; above it on narrow screens.
import { Link, useParams, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useMe } from '../../api/accounts.ts';
import { NotFound } from '../../routes/fallbacks.tsx';
import { pagesFor, type SettingsArea, type SettingsPage } from '../../routes/settings-pages.ts';
import { useTitle } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/states.tsx';
import { OrganizationChoice } from './organization.tsx';

const TITLES: Record<SettingsArea, string> = { settings: 'Settings', admin: 'Administration' };

export default function SettingsFrame() {
  const me = useMe();
  const area: SettingsArea = useRouterState({
    select: (state) => (state.location.pathname.startsWith('/admin') ? 'admin' : 'settings'),
  });
  const { page: path } = useParams({ strict: false }) as { page?: string };
  const pages = pagesFor(area, me);
  const page = path === undefined ? pages[0] : pages.find((each) => each.path === path);
  useTitle(page ? `${page.label}, ${TITLES[area].toLowerCase()}` : undefined);
  if (!page) return <NotFound />;
  return (
    <div className="mx-auto grid w-full max-w-300 gap-x-10 gap-y-4 px-4 pt-6 pb-12 md:grid-cols-[11rem_minmax(0,1fr)] md:px-8 md:pt-8">
      <PageList area={area} pages={pages} current={page} />
      <section className="flex min-w-0 flex-col gap-6">
        <header className="flex flex-wrap items-end gap-x-4 gap-y-3">
          <h1 className="mr-auto text-2xl font-semibold">{page.label}</h1>
          {page.group === 'Organization' ? (
            <div className="min-w-52">
              <OrganizationChoice />
            </div>
          ) : null}
        </header>
        <Suspense fallback={<SkeletonLines lines={5} />}>
          <page.component />
        </Suspense>
      </section>
    </div>
  );
}

interface PageListProps {
  area: SettingsArea;
  pages: readonly SettingsPage[];
  current: SettingsPage;
}
function PageList({ area, pages, current }: PageListProps) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On narrow screens the list is one line, longer than the screen: the page one is on stays in view.
    list.current
      ?.querySelector(`[href$="/${CSS.escape(current.path)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  const groups = [...new Set(pages.map((page) => page.group))];
  return (
    <nav
      ref={list}
      aria-label={TITLES[area]}
      className="flex gap-4 max-md:-mx-4 max-md:overflow-x-auto max-md:border-b max-md:border-hairline max-md:px-4 max-md:pb-2 md:flex-col md:gap-5"
    >
      {groups.map((group) => (
        <div key={group} className="flex shrink-0 max-md:items-center max-md:gap-1 md:flex-col md:gap-0.5">
          <p className="px-2 text-xs text-ink-3 md:pb-1">{group}</p>
          {pages
            .filter((page) => page.group === group)
            .map((page) => (
              <Link
                key={page.path}
                to={area === 'admin' ? '/admin/$page' : '/settings/$page'}
                params={{ page: page.path }}
                search={(before) => before}
                aria-current={page === current ? 'page' : undefined}
                className="rounded-md px-2 py-1.5 text-sm whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent"
              >
                {page.label}
              </Link>
            ))}
        </div>
      ))}
    </nav>
  );
}
