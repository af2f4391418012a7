// Choosing a plan's file from the machine.
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ACCEPTED } from './upload.tsx';

export function ChooseFile({
  onFile,
  busy,
  quiet,
}: {
  onFile: (file: File) => void;
  busy?: boolean | undefined;
  quiet?: boolean | undefined;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label="Floor plan file"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      {quiet ? (
        <IconButton label="Add a floor" size="sm" onClick={() => input.current?.click()}>
          <Plus />
        </IconButton>
      ) : (
        <Button variant="primary" size="lg" busy={busy} onClick={() => input.current?.click()}>
          Choose a floor plan
        </Button>
      )}
    </>
  );
}
