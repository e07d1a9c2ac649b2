// Small pieces of the page. Text goes in through textContent only.

const SVG = "http://www.w3.org/2000/svg"

/** An element with properties, attributes and children; a child that is text becomes text. */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  set(made, properties)
  made.append(...children)
  return made
}

/** Properties by name; what holds a hyphen, role and on… go as they are. Only what differs is touched. */
function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element[name] = value
    else if (name === "text") { if (element.textContent !== value) element.textContent = value }
    else if (name === "class") { if (element.className !== value) element.className = value }
    else if (name in element && !name.includes("-") && typeof value !== "object") { if (element[name] !== value) element[name] = value }
    else if (value === null || value === undefined) element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
}

const PATHS = {
  less: "M5 12h14",
  more: "M12 5v14M5 12h14",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  grip: "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01",
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  link: "M9 15l6-6M11 6l1-1a5 5 0 0 1 7 7l-1 1M13 18l-1 1a5 5 0 0 1-7-7l1-1",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  tune: "M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  down: "M6 9l6 6 6-6",
}

/** A line drawing that says nothing by itself. */
function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon icon-${name}` })) svg.setAttribute(key, value)
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", PATHS[name])
  svg.append(path)
  return svg
}

/** A button with an icon, a name, or both. */
function button(properties, iconName, text) {
  const made = el("button", { type: "button", ...properties })
  if (iconName) made.append(icon(iconName))
  if (text !== undefined) made.append(el("span", { text }))
  return made
}

/**
 * Brings the children of a parent in line with a list: what is there is kept and updated, so that focus stays.
 * `make(entry)` answers an element; `update(element, entry, number)` draws the entry into it.
 */
function keyed(parent, entries, keyOf, make, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]))
  const wanted = entries.map((entry, number) => {
    const key = keyOf(entry, number)
    const child = old.get(key) ?? make(entry)
    child.dataset.key = key
    old.delete(key)
    update(child, entry, number)
    return child
  })
  for (const gone of old.values()) gone.remove()
  // A node that is moved loses the focus, so only those out of order are.
  wanted.forEach((child, number) => {
    if (parent.children[number] !== child) parent.insertBefore(child, parent.children[number] ?? null)
  })
}

/** A bar of shares, from left to right or from the ground up. */
function drawShares(bar, shares, side) {
  keyed(bar, shares.filter(([, share]) => share > 0), ([name]) => name, ([name]) => el("i", { class: name }), (part, [, share]) => {
    part.style[side] = `${Math.min(100, share * 100).toFixed(2)}%`
  })
}
