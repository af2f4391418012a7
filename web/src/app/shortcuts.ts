// Keyboard shortcuts: one list that both the listener and the help page read.
import { useEffect } from 'react';
import { MOD } from '../ui/kbd.tsx';

export interface ShortcutGroup {
  title: string;
  keys: readonly { keys: readonly string[]; does: string }[];
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: [MOD, 'K'], does: 'Go anywhere' },
      { keys: ['?'], does: 'Show this list' },
      { keys: ['/'], does: 'Search in this page' },
      { keys: ['G', 'P'], does: 'Projects' },
      { keys: ['G', 'C'], does: 'Catalogue' },
      { keys: ['G', 'A'], does: 'Analytics' },
      { keys: ['Shift', 'D'], does: 'Light or dark' },
      { keys: ['Shift', 'U'], does: 'Feet or metres' },
    ],
  },
  {
    title: 'In a project',
    keys: [{ keys: ['1', '–', '6'], does: 'Open a step' }],
  },
  {
    title: 'In the furniture list',
    keys: [
      { keys: ['J', 'K'], does: 'Next and previous item' },
      { keys: ['A'], does: 'Accept' },
      { keys: ['R'], does: 'Reject, with a reason' },
      { keys: ['S'], does: 'To the alternatives' },
      { keys: ['L'], does: 'Lock or unlock' },
    ],
  },
  {
    title: 'On the plan',
    keys: [
      { keys: ['F'], does: 'Fit the plan' },
      { keys: ['Z'], does: 'Zoom to the selected room' },
      { keys: ['+', '−'], does: 'Zoom' },
      { keys: ['←', '↑', '→', '↓'], does: 'Pan; from a room: to its neighbour' },
      { keys: ['Tab'], does: 'From the plan to its rooms' },
      { keys: ['Enter'], does: 'Select the room' },
      { keys: ['Esc'], does: 'Clear the selection' },
    ],
  },
];

/** Whether the key belongs to what is being typed into. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

export interface ShortcutActions {
  palette: () => void;
  help: () => void;
  goto: (place: 'projects' | 'catalogue' | 'analytics') => void;
  toggleTheme: () => void;
  toggleUnits: () => void;
}

const PLACES = { p: 'projects', c: 'catalogue', a: 'analytics' } as const;

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}

export function useShortcuts(actions: ShortcutActions): void {
  useEffect(() => {
    let waitingForPlace = 0;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && key === 'k') {
        event.preventDefault();
        actions.palette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (document.querySelector('dialog[open]')) return;
      const place = PLACES[key as keyof typeof PLACES];
      if (event.timeStamp < waitingForPlace && place) actions.goto(place);
      else if (event.key === '?') actions.help();
      else if (event.key === '/') {
        if (!focusSearch()) return;
      } else if (event.shiftKey && key === 'd') actions.toggleTheme();
      else if (event.shiftKey && key === 'u') actions.toggleUnits();
      else {
        if (key === 'g') waitingForPlace = event.timeStamp + 1200;
        return;
      }
      waitingForPlace = 0;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [actions]);
}
