// Single keys that a page listens to while it is mounted; typing, dialogs, menus and "g" followed by a letter are left alone.
import { useEffect, useRef } from 'react';
import { isTyping } from './shortcuts.ts';

/** After "g" the next key names a page. */
const GO_MS = 1200;

/** Capital letters are with Shift. `known` must not change while mounted. */
export function useLetterKeys<K extends string>(known: readonly K[], onKey: (key: K) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    let going = 0;
    const hear = (event: KeyboardEvent) => {
      // What has the focus hears a key first: walking through the 3D view uses letters too.
      if (event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (document.querySelector('dialog[open], [role="menu"]')) return;
      const pressed = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
      if (pressed === 'g') {
        going = event.timeStamp + GO_MS;
        return;
      }
      const key = known.find((each) => each === pressed);
      if (key === undefined || event.timeStamp <= going) return;
      event.preventDefault();
      latest.current(key);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [known]);
}
