// The mark: a room with a door left open.
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" className={className ?? 'size-6'} aria-hidden="true">
      <path
        d="M4 20V4h16v16h-6M4 20h6M4 12h8M15 4v7"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="square"
      />
    </svg>
  );
}
