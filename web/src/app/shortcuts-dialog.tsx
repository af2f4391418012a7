// The list of shortcuts, under "?".
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { SHORTCUTS } from './shortcuts.ts';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard" size="lg">
      <div className="gap-x-10 sm:columns-2">
        {SHORTCUTS.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs text-ink-3">{group.title}</h3>
            <dl>
              {group.keys.map((entry) => (
                <div
                  key={entry.does}
                  className="flex min-h-8 items-center gap-4 border-b border-hairline text-sm"
                >
                  <dt className="mr-auto">{entry.does}</dt>
                  <dd className="flex items-center gap-1">
                    {entry.keys.map((key) =>
                      key === '–' ? <span key={key}>–</span> : <Kbd key={key}>{key}</Kbd>,
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
