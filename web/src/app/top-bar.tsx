// The bar over every page: where you are, search, theme and units, the account.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  ChevronRight,
  Keyboard,
  LogOut,
  Moon,
  Search,
  Settings as SettingsIcon,
  ShieldCheck,
  Sun,
} from 'lucide-react';
import { AnalyticsConsent } from '../analytics-client/consent-item.tsx';
import { useLogout, useMe } from '../api/accounts.ts';
import { projectQuery } from '../api/projects.ts';
import { pagesFor } from '../routes/settings-pages.ts';
import { StatusDot } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Kbd, MOD } from '../ui/kbd.tsx';
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toastProblem } from '../ui/toast.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import type { Settings } from './settings.ts';
import { shownTheme } from './theme.ts';

export interface TopBarProps {
  projectId: string | undefined;
  settings: Settings;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ projectId, settings, onSearch, onHelp }: TopBarProps) {
  return (
    <header className="flex items-center gap-1 border-b border-hairline pr-2 pl-4 md:pl-5">
      <div className="mr-auto flex min-w-0 items-center gap-2">
        {projectId ? <ProjectName id={projectId} /> : null}
      </div>
      <button
        type="button"
        onClick={onSearch}
        className="mr-1 flex h-8 items-center gap-2 rounded-md border border-line px-2 text-sm text-ink-3 hover:border-control hover:text-ink max-md:border-transparent md:w-56"
      >
        <Search className="size-4" aria-hidden="true" />
        <span className="max-md:sr-only">Search or go to</span>
        <span className="ml-auto flex gap-0.5 max-md:hidden">
          <Kbd>{MOD}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <Tooltip label={settings.units === 'imperial' ? 'Show metres' : 'Show feet'} shortcut="Shift U">
        <button
          type="button"
          aria-label={`Units: ${settings.units}`}
          onClick={settings.toggleUnits}
          className="h-8 min-w-8 rounded-md px-1.5 text-sm text-ink-2 hover:bg-hover hover:text-ink max-md:hidden"
        >
          {settings.units === 'imperial' ? 'ft' : 'm'}
        </button>
      </Tooltip>
      <IconButton
        label={shownTheme(settings.theme) === 'dark' ? 'Light theme' : 'Dark theme'}
        shortcut="Shift D"
        onClick={settings.toggleTheme}
        className="max-md:hidden"
      >
        {shownTheme(settings.theme) === 'dark' ? <Sun /> : <Moon />}
      </IconButton>
      <AccountMenu settings={settings} onHelp={onHelp} />
    </header>
  );
}

function ProjectName({ id }: { id: string }) {
  const { data: project } = useQuery(projectQuery(id));
  return (
    <>
      <Link to="/projects" className="shrink-0 text-sm text-ink-3 hover:text-ink max-md:hidden">
        Projects
      </Link>
      <ChevronRight className="size-3.5 shrink-0 text-ink-3 max-md:hidden" aria-hidden="true" />
      {project ? (
        <>
          <h1 className="truncate text-sm font-medium">{project.name}</h1>
          <span className="shrink-0 max-md:hidden">
            <StatusDot status={project.status} />
          </span>
          <span className="shrink-0 md:hidden">
            <StatusDot status={project.status} hideLabel />
          </span>
        </>
      ) : null}
    </>
  );
}

function AccountMenu({ settings, onHelp }: { settings: Settings; onHelp: () => void }) {
  const me = useMe();
  const { user } = me;
  const navigate = useNavigate();
  const logout = useLogout();
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email;
  const initials = (user.first_name?.[0] ?? user.email[0] ?? '') + (user.last_name?.[0] ?? '');
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className="ml-1 grid size-8 place-items-center rounded-full border border-line text-2xs font-medium text-ink-2 uppercase hover:border-control hover:text-ink"
        >
          {initials}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-ink-3">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuChoices
        label="Theme"
        value={settings.theme}
        onChange={settings.setTheme}
        options={[
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <MenuChoices
        label="Units"
        value={settings.units}
        onChange={settings.setUnits}
        options={[
          { value: 'imperial', label: 'Feet, sq ft' },
          { value: 'metric', label: 'Metres, m²' },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={<SettingsIcon />} onSelect={() => void navigate({ to: '/settings' })}>
        Settings
      </MenuItem>
      {pagesFor('admin', me).length > 0 ? (
        <MenuItem icon={<ShieldCheck />} onSelect={() => void navigate({ to: '/admin' })}>
          Administration
        </MenuItem>
      ) : null}
      <AnalyticsConsent />
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={onHelp}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem
        icon={<LogOut />}
        onSelect={() =>
          logout.mutate(undefined, {
            onSuccess: () => void navigate({ to: '/sign-in' }),
            onError: toastProblem('You are still signed in'),
          })
        }
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}
