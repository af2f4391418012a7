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
    keys: [
      { keys: ['1', '–', '7'], does: 'Open a step; Tab then goes on in its panel' },
      { keys: ['P'], does: 'To the step’s panel, from wherever you are' },
    ],
  },
  {
    title: 'In the furniture list',
    keys: [
      { keys: ['J', 'K'], does: 'Next and previous item' },
      { keys: ['O'], does: 'Next item not yet decided' },
      { keys: ['A'], does: 'Accept' },
      { keys: ['R'], does: 'Reject: a figure marks a reason, Enter rejects' },
      { keys: ['S'], does: 'To the alternatives; Enter swaps' },
      { keys: ['L'], does: 'Lock or unlock' },
      { keys: ['Q'], does: 'Quantity' },
      { keys: ['U'], does: 'Take the last change back' },
      { keys: ['Shift', 'A'], does: 'Accept the whole room' },
      { keys: ['Shift', 'L'], does: 'Lock or unlock the whole room' },
      { keys: ['Shift', 'C'], does: 'Take the room’s choices over to rooms like it' },
      { keys: ['N'], does: 'Arrangements of the room; arrows choose, Enter takes' },
      { keys: ['I'], does: 'Add a product to the room' },
      { keys: ['Shift', 'J', 'K'], does: 'Next and previous room' },
      { keys: ['Shift', 'E'], does: 'Accept the room and rooms like it' },
      { keys: ['Shift', 'R'], does: 'To “Recommend again”; Enter starts it, what is locked stays' },
    ],
  },
  {
    title: 'In the budget',
    keys: [
      { keys: ['J', 'K'], does: 'Next and previous scenario' },
      { keys: ['S'], does: 'Choose the scenario shown' },
    ],
  },
  {
    title: 'In the proposal',
    keys: [
      { keys: ['M'], does: 'To the PDF; Enter makes it' },
      { keys: ['A'], does: 'To the approval; Enter approves' },
    ],
  },
  {
    title: 'In the brief and in comments',
    keys: [
      { keys: ['Enter'], does: 'Send the message' },
      { keys: ['Shift', 'Enter'], does: 'A new line' },
      { keys: [MOD, 'Enter'], does: 'Send the comment' },
    ],
  },
  {
    title: 'Correcting rooms, in Plan and Spaces',
    keys: [
      { keys: ['V'], does: 'Select; Shift-click for several' },
      { keys: ['C'], does: 'Move corners' },
      { keys: ['S'], does: 'Split a room' },
      { keys: ['M'], does: 'Merge the selected rooms' },
      { keys: ['D'], does: 'Draw a room' },
      { keys: ['⌫'], does: 'Delete the selected rooms, or the last point' },
      { keys: ['R'], does: 'Measure' },
      { keys: ['L'], does: 'Set the scale by a known length' },
      { keys: ['F2'], does: 'Name, number and type' },
      { keys: ['←', '↑', '→', '↓'], does: 'A corner: 1 in (10 mm), with Shift 1 ft (100 mm)' },
      { keys: ['Alt'], does: 'Held: nothing pulls at the point' },
      { keys: ['Enter'], does: 'Keep what is in hand' },
      { keys: ['Esc'], does: 'Put it back; then leave the tool' },
      { keys: [MOD, 'Z'], does: 'Take back' },
      { keys: ['Shift', MOD, 'Z'], does: 'Do again' },
    ],
  },
  {
    title: 'Reviewing rooms',
    keys: [
      { keys: ['J', 'K'], does: 'Next and previous room' },
      { keys: ['Enter'], does: 'Looks right' },
      { keys: ['E'], does: 'Correct its outline' },
    ],
  },
  {
    title: 'On the plan',
    keys: [
      { keys: ['0'], does: 'Fit the plan' },
      { keys: ['Z'], does: 'Zoom to the selected room' },
      { keys: ['+', '−'], does: 'Zoom' },
      { keys: ['Space'], does: 'Held: dragging moves the sheet' },
      { keys: ['←', '↑', '→', '↓'], does: 'Pan; from a room: to its neighbour' },
      { keys: ['Tab'], does: 'From the plan to its rooms' },
      { keys: ['Enter'], does: 'Select the room' },
      { keys: ['Esc'], does: 'Clear the selection' },
    ],
  },
  {
    title: 'In 3D, with the picture in hand',
    keys: [
      { keys: ['←', '↑', '→', '↓'], does: 'Turn' },
      { keys: ['+', '−'], does: 'Nearer and farther' },
      { keys: ['Home'], does: 'See everything' },
      { keys: ['W'], does: 'Walk: W A S D go, Q and E turn, Shift hurries, Esc leaves' },
    ],
  },
  {
    title: 'In the catalogue',
    keys: [
      { keys: ['←', '↑', '→', '↓'], does: 'From product to product' },
      { keys: ['Enter'], does: 'Open the product' },
      { keys: ['C'], does: 'Take it to compare, or leave it out' },
    ],
  },
];

/** What a letter does nothing in: after a choice with the arrow keys, the shortcuts go on. */
const UNTYPED = ['radio', 'checkbox', 'button', 'submit', 'range', 'color', 'file'];

/** Whether the key belongs to what is being typed into. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (target instanceof HTMLInputElement && UNTYPED.includes(target.type)) return !/^\w$/.test(event.key);
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
