/** The mark of the product: a speech bubble that listens. */
export function BotMark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M4.5 7.5A3.5 3.5 0 0 1 8 4h8a3.5 3.5 0 0 1 3.5 3.5v6A3.5 3.5 0 0 1 16 17h-3.5l-3.8 3.5c-.6.55-1.6.12-1.6-.7V16.9A3.5 3.5 0 0 1 4.5 13.5z"
        fill="currentColor"
      />
      <path
        d="M9 9.5v2.5M12 8v5.5M15 9.5v2.5"
        stroke="var(--mark-wave, #066149)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  );
}
