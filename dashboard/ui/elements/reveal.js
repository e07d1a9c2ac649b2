// Brings what has just come up on the page into view, once, and without motion for those who asked for none.
export default function (component) {
  const root = component.parentElement.getRootNode()
  const host = root.host ?? component.parentElement
  if (host.b12Revealed) return
  host.b12Revealed = true
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  const box = host.closest('[class*="st-key-reveal-"]')
  requestAnimationFrame(() => box?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" }))
}
