/** The name and mark of the app. */
export function Brand() {
  return (
    <div className="brand">
      <svg width="18" height="18" viewBox="0 0 18 18" strokeWidth="1.6" aria-hidden="true">
        <circle cx="4" cy="9" r="3" />
        <circle cx="14" cy="4" r="3" />
        <circle cx="14" cy="14" r="3" />
        <path d="M6.7 7.7 11.3 5.3M6.7 10.3l4.6 2.4" />
      </svg>
      <span>Netwright</span>
    </div>
  )
}
