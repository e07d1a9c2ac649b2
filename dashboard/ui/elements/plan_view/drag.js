// Dragging a food by its grip, with a mouse or a finger, to another meal or onto another day. The menu does the same.

const NEAR_EDGE_PX = 60
const START_PX = 4

/** `targets()` answers [element, drop] pairs; `scroller` is what moves when the finger nears an edge. */
function makeDragging(root, { targets, scroller, drop, said }) {
  let held = null

  const under = (x, y) => {
    const hit = root.getRootNode().elementFromPoint(x, y)
    return hit && targets().find(([element]) => element.contains(hit))
  }

  function move(event) {
    if (!held || event.pointerId !== held.pointer) return
    held.x = event.clientX
    held.y = event.clientY
    if (!held.ghost) {
      if (Math.hypot(held.x - held.fromX, held.y - held.fromY) < START_PX) return
      held.ghost = el("div", { class: "ghost", text: held.name, "aria-hidden": "true", dir: "auto" })
      root.append(held.ghost)
      root.classList.add("dragging")
      held.row.classList.add("held")
      held.beat = requestAnimationFrame(roll)
    }
    held.ghost.style.transform = `translate(${held.x + 12}px, ${held.y - 20}px)`
    mark(under(held.x, held.y))
  }

  function mark(found) {
    if (held.over?.[0] === found?.[0]) return
    held.over?.[0].classList.remove("over-me")
    found?.[0].classList.add("over-me")
    held.over = found
  }

  /** Rolls the page while the finger is near its upper or lower edge. */
  function roll() {
    if (!held) return
    const by = held.y < NEAR_EDGE_PX ? held.y - NEAR_EDGE_PX : Math.max(0, held.y - innerHeight + NEAR_EDGE_PX)
    if (by) scroller()?.scrollBy(0, by / 4)
    held.beat = requestAnimationFrame(roll)
  }

  function end(dropped) {
    if (!held) return
    const { over, row, ghost, shown, grip, beat } = held
    cancelAnimationFrame(beat)
    over?.[0].classList.remove("over-me")
    row.classList.remove("held")
    ghost?.remove()
    root.classList.remove("dragging")
    held = null
    grip.onpointermove = grip.onpointerup = grip.onpointercancel = null
    if (dropped && over) drop(shown, over[1])
  }

  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && held) end(false) })

  return (grip, row, shown) => {
    grip.onpointerdown = (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      grip.setPointerCapture(event.pointerId)
      held = { grip, row, shown: { ...shown() }, name: said(shown()), pointer: event.pointerId, fromX: event.clientX, fromY: event.clientY }
      grip.onpointermove = move
      grip.onpointerup = () => end(true)
      grip.onpointercancel = () => end(false)
    }
  }
}
