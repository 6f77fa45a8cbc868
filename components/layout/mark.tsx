/** The product's mark: a horizon with three signals, one of them lit. */
export function Mark({ size = 18 }: { readonly size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth="2" strokeLinecap="round">
      <path d="M3 14a9 9 0 0 1 18 0" className="stroke-line-strong" />
      <path d="M7.5 19v-3.5M16.5 19v-5.5" className="stroke-muted" />
      <path d="M12 19v-8.5" className="stroke-accent" />
    </svg>
  );
}
