// The cover and the foot of a proposal as the branding would make them. Paper is white in the dark theme as well.
interface PreviewProps {
  name: string;
  logo: string | null;
  primary: string;
  accent: string;
  footer: string;
  paper: 'A4' | 'Letter';
}

/** Contrast by WCAG 2 of at least 4.5 against white, as the files judge it. */
export function isReadable(color: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 4.5;
}

export function CoverPreview({ name, logo, primary, accent, footer, paper }: PreviewProps) {
  const height = paper === 'A4' ? 842 : 792;
  const width = paper === 'A4' ? 595 : 612;
  return (
    <figure className="flex flex-col gap-2">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Cover of a proposal on ${paper} with this branding`}
        className="w-full max-w-64 border border-line shadow-float"
      >
        <rect width={width} height={height} fill="#ffffff" />
        <rect width={width} height={10} fill={accent} />
        {logo === null ? (
          <text x={48} y={84} fontSize={17} fontWeight={600} fill={primary}>
            {name.slice(0, 44)}
          </text>
        ) : (
          <image href={logo} x={48} y={56} width={170} height={54} preserveAspectRatio="xMinYMin meet" />
        )}
        <text x={48} y={height * 0.33} fontSize={12} fill="#59626c">
          Furniture proposal
        </text>
        <text x={48} y={height * 0.33 + 44} fontSize={34} fontWeight={600} fill="#16191d">
          Fourth floor
        </text>
        <rect x={48} y={height * 0.33 + 62} width={48} height={2} fill={primary} />
        {[0, 1, 2, 3].map((row) => (
          <g key={row}>
            <rect x={48} y={height * 0.33 + 96 + row * 22} width={70} height={7} fill="#cfd5da" />
            <rect
              x={160}
              y={height * 0.33 + 96 + row * 22}
              width={190 - row * 24}
              height={7}
              fill="#e4e8eb"
            />
          </g>
        ))}
        <rect x={48} y={height - 134} width={width - 96} height={1} fill="#16191d" />
        <text x={width - 48} y={height - 102} fontSize={24} fontWeight={600} textAnchor="end" fill="#16191d">
          $184,200
        </text>
        <text x={48} y={height - 30} fontSize={11} fill="#59626c">
          {footer.slice(0, 86)}
        </text>
      </svg>
      <figcaption className="text-xs text-ink-3">
        Cover on {paper}, with the foot of the pages that follow
      </figcaption>
    </figure>
  );
}
